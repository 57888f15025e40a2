package twister.spec;

import java.util.Optional;

/// The words to learn from.
///
/// @param file path as written in the experiment file: one word per line, UTF-8
/// @param sha256 what the file's bytes must hash to, 64 hexadecimal digits; not checked when absent
public record DataSpec(String file, Optional<String> sha256) {}
