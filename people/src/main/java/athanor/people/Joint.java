package athanor.people;

/**
 * Where a joint is thought to be, which may be outside of the picture.
 *
 * @param visibility 0 to 1: how likely the joint is in the picture and not hidden by something
 */
public record Joint(JointName name, double x, double y, double visibility) {}
