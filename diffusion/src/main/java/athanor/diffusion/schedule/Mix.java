package athanor.diffusion.schedule;

/**
 * Two factors of a weighted sum, {@code first * a + second * b}; what a and b are says the method that returns it.
 *
 * @param first factor of the first tensor
 * @param second factor of the second tensor
 */
public record Mix(double first, double second) {}
