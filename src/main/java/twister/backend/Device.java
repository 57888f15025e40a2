package twister.backend;

/// A piece of hardware that a backend trains on.
///
/// @param backend the backend's name, as used on the command line
/// @param name the device as its maker calls it
public record Device(String backend, String name) {}
