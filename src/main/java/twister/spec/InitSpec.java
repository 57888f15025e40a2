package twister.spec;

/// How initial weights are drawn: standard normal, in PyTorch's order.
///
/// @param seed as given to PyTorch's `manual_seed`
public record InitSpec(Generator generator, long seed) {}
