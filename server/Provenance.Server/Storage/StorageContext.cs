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
        modelBuilder.Entity<ManifestRow>(row =>
        {
            row.ToTable("manifests");
            row.Property(manifest => manifest.Id).HasColumnName("id").ValueGeneratedNever();
            row.Property(manifest => manifest.ManifestId).HasColumnName("manifest_id");
            row.Property(manifest => manifest.Sha256).HasColumnName("sha256");
            row.Property(manifest => manifest.ReceivedAt).HasColumnName("received_at");
            row.Property(manifest => manifest.Store).HasColumnName("store");
            row.Property(manifest => manifest.PublishedBy).HasColumnName("published_by");
        });
        modelBuilder.Entity<SoftBindingRow>(row =>
        {
            row.ToTable("soft_bindings");
            row.Property(binding => binding.Id).HasColumnName("id").ValueGeneratedNever();
            row.Property(binding => binding.ManifestRowId).HasColumnName("manifest");
            row.Property(binding => binding.Algorithm).HasColumnName("algorithm");
            row.Property(binding => binding.Value).HasColumnName("value");
            row.Property(binding => binding.Source).HasColumnName("source");
            row.Property(binding => binding.Part).HasColumnName("part");
            row.HasOne(binding => binding.Manifest).WithMany(manifest => manifest.Bindings).HasForeignKey(binding => binding.ManifestRowId);
        });
        modelBuilder.Entity<WithdrawalRow>(row =>
        {
            row.ToTable("withdrawals");
            row.Property(withdrawal => withdrawal.Id).HasColumnName("id").ValueGeneratedNever();
            row.Property(withdrawal => withdrawal.ManifestId).HasColumnName("manifest_id");
            row.Property(withdrawal => withdrawal.Sha256).HasColumnName("sha256");
            row.Property(withdrawal => withdrawal.FirstEntry).HasColumnName("first_entry");
            row.Property(withdrawal => withdrawal.LastEntry).HasColumnName("last_entry");
            row.Property(withdrawal => withdrawal.WithdrawnAt).HasColumnName("withdrawn_at");
            row.Property(withdrawal => withdrawal.WithdrawnBy).HasColumnName("withdrawn_by");
        });
        modelBuilder.Entity<ApiKeyRow>(row =>
        {
            row.ToTable("api_keys");
            row.Property(key => key.Id).HasColumnName("id");
            row.Property(key => key.Name).HasColumnName("name");
            row.Property(key => key.Digest).HasColumnName("digest");
            row.Property(key => key.Scopes).HasColumnName("scopes");
            row.Property(key => key.CreatedAt).HasColumnName("created_at");
            row.Property(key => key.RevokedAt).HasColumnName("revoked_at");
        });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();

    /// <summary>Times stand as milliseconds since 1970, which both databases compare alike.</summary>
    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}
