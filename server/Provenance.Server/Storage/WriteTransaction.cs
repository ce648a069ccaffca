using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Provenance.Server.Storage;

/// <summary>A transaction that writes.</summary>
internal sealed class WriteTransaction(StorageContext context, IDbContextTransaction transaction)
{
    /// <summary>
    /// Takes numbers for changes. From here on until the end of the transaction no other one has any: so numbers become visible in their
    /// order, and nobody who has seen one will ever find a lower one that is new. A transaction that fails gives its numbers back.
    /// </summary>
    /// <returns>The first of them.</returns>
    public async Task<long> TakeNumbersAsync(int count, CancellationToken cancellation)
    {
        var last = await context.Database.SqlQueryRaw<long>("UPDATE change_counter SET value = value + {0} WHERE id = 1 RETURNING value AS \"Value\"", count).ToListAsync(cancellation);
        return last.Single() - count + 1;
    }

    /// <summary>From here on it is kept. A fault in here may mean that it is kept nevertheless: who asks again is told.</summary>
    public Task CommitAsync(CancellationToken cancellation) => transaction.CommitAsync(cancellation);
}
