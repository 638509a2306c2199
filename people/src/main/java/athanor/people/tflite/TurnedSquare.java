package athanor.people.tflite;

/**
 * A square around a person, turned so that the person stands upright in it. Picture pixels; {@code x(…), y(…)} map from the unit
 * square.
 *
 * @param turned clockwise, in radians
 */
record TurnedSquare(double centreX, double centreY, double size, double turned) {

    double x(double inX, double inY) {
        return centreX + size * (Math.cos(turned) * (inX - 0.5) - Math.sin(turned) * (inY - 0.5));
    }

    double y(double inX, double inY) {
        return centreY + size * (Math.sin(turned) * (inX - 0.5) + Math.cos(turned) * (inY - 0.5));
    }
}
