package twister.tracking;

/// How much of a file that grows was written.
///
/// @param bytes whole lines
/// @param checksum of these bytes, CRC-32C
public record GrownTable(long bytes, long checksum) {}
