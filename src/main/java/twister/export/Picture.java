package twister.export;

import java.nio.ByteBuffer;
import java.util.Optional;

/// A picture as a PNG.
///
/// @param width in pixels
/// @param height in pixels
/// @param png the whole file
record Picture(int width, int height, byte[] png) {
  /// The signature of a PNG, and the length and the name of its first chunk, which begins with the
  /// size (PNG specification, sections 5.2 and 11.2.1).
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;

  private static final long FIRST_CHUNK = 13L << 32 | 0x49484452;

  /// The picture in a file, if it is a PNG.
  static Optional<Picture> of(byte[] file) {
    if (file.length < 24) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(file);
    return bytes.getLong(0) == SIGNATURE && bytes.getLong(8) == FIRST_CHUNK
        ? Optional.of(new Picture(bytes.getInt(16), bytes.getInt(20), file))
        : Optional.empty();
  }
}
