package athanor.people.tflite;

import athanor.people.Matte;
import athanor.people.PersonMatte;
import java.awt.image.BufferedImage;

/** MediaPipe's selfie segmentation, the general model: the whole picture in a square of 256, stretched as it was trained. */
final class SelfieMatte implements PersonMatte {

    private static final int SIDE = 256;

    private final Network network;

    SelfieMatte(Network network) {
        this.network = network;
    }

    @Override
    public Matte matte(BufferedImage picture) {
        float[][] answer = network.run(Preview.of(picture).stretched(SIDE));
        return new Matte(picture.getWidth(), picture.getHeight(), SIDE, answer[0]);
    }
}
