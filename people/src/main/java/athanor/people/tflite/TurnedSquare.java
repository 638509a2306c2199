package athanor.people.tflite;

/**
 * A square around a person, turned so that the person stands upright in it. Picture pixels; {@code x(…), y(…)} map from the unit
 * square.
 *
 * @param cosine of the clockwise turn
 * @param sine likewise
 */
record TurnedSquare(double centreX, double centreY, double size, double cosine, double sine) {

    /** @param towardsHeadX what is up in the square, a vector of any length in picture pixels */
    static TurnedSquare upright(double centreX, double centreY, double size, double towardsHeadX, double towardsHeadY) {
        double length = Math.hypot(towardsHeadX, towardsHeadY);
        return length == 0
                ? new TurnedSquare(centreX, centreY, size, 1, 0)
                : new TurnedSquare(centreX, centreY, size, -towardsHeadY / length, towardsHeadX / length);
    }

    double x(double inX, double inY) {
        return centreX + size * (cosine * (inX - 0.5) - sine * (inY - 0.5));
    }

    double y(double inX, double inY) {
        return centreY + size * (sine * (inX - 0.5) + cosine * (inY - 0.5));
    }
}
