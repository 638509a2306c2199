package athanor.pictures;

/** A picture that is made row by row from the top, so that nobody holds all of it. */
public interface PixelRows {

    int width();

    int height();

    /**
     * The next row; each is given once.
     *
     * @param bgr three bytes a pixel, sRGB
     */
    void next(byte[] bgr);
}
