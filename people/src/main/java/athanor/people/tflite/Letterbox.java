package athanor.people.tflite;

import athanor.people.Box;

/**
 * A region of a picture, fitted into the square that a network reads, and the way back from there.
 *
 * @param rgb what the network reads: side x side x 3
 * @param scale pixels of the square per pixel of the picture
 * @param left where in the square the picture's left edge would be
 * @param top where in the square the picture's upper edge would be
 */
record Letterbox(float[] rgb, double scale, double left, double top) {

    double x(double inSquare) {
        return (inSquare - left) / scale;
    }

    double y(double inSquare) {
        return (inSquare - top) / scale;
    }

    Box box(Box inSquare) {
        return new Box(x(inSquare.x()), y(inSquare.y()), inSquare.width() / scale, inSquare.height() / scale);
    }
}
