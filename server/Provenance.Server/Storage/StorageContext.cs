using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Provenance.Server.Storage;

/// <summary>The tables as EF Core sees them. What they must keep to stands in the database itself: see Schema.</summary>
internal sealed class StorageContext(DbContextOptions<StorageContext> options) : DbContext(options)
{
    public DbSet<ManifestRow> Manifests => Set<ManifestRow>();

    public DbSet<SoftBindingRow> SoftBindings => Set<SoftBindingRow>();

    public DbSet<WithdrawalRow> Withdrawals => Set<WithdrawalRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ManifestRow>().ToTable("manifests").Property(manifest => manifest.Id).ValueGeneratedNever();
        modelBuilder.Entity<SoftBindingRow>(row =>
        {
            row.ToTable("soft_bindings").Property(binding => binding.Id).ValueGeneratedNever();
            row.HasOne(binding => binding.Manifest).WithMany(manifest => manifest.Bindings).HasForeignKey(binding => binding.ManifestRowId);
        });
        modelBuilder.Entity<WithdrawalRow>().ToTable("withdrawals").Property(withdrawal => withdrawal.Id).ValueGeneratedNever();
        modelBuilder.Entity<ApiKeyRow>().ToTable("api_keys");

        // A column has the name of its property, written as SQL does.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(row => row.GetProperties()))
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        modelBuilder.Entity<SoftBindingRow>().Property(binding => binding.ManifestRowId).HasColumnName("manifest");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();

    /// <summary>Times stand as milliseconds since 1970, which both databases compare alike.</summary>
    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}
