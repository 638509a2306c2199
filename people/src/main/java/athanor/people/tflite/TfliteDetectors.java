package athanor.people.tflite;

import athanor.people.Detectors;
import athanor.people.Face;
import athanor.people.Matte;
import athanor.people.Pose;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The four networks, loaded. */
final class TfliteDetectors implements Detectors {

    private static final String NAME = "BlazeFace full range 0.4.1657300184, BlazePose full 0.5.1675469404,"
            + " selfie segmentation 0.1.1675465747, TensorFlow Lite 2.20.0";

    /** More threads than this wait for one another: each costs the activations of all networks, 70 MB. */
    private static final int MOST_AT_ONCE = 2;

    private final List<Network> networks = new ArrayList<>();
    private final BlazeFace faces;
    private final BlazePose pose;
    private final SelfieMatte matte;

    TfliteDetectors() throws IOException {
        try {
            faces = new BlazeFace(load(ModelFile.FACE_DETECTION));
            pose = new BlazePose(load(ModelFile.POSE_DETECTION), load(ModelFile.POSE_LANDMARK));
            matte = new SelfieMatte(load(ModelFile.SELFIE_SEGMENTATION));
        } catch (IOException | RuntimeException | LinkageError e) {
            close();
            throw e;
        }
    }

    private Network load(ModelFile file) throws IOException {
        int atOnce = Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors());
        Network network = new Network(file.name(), file.read(), atOnce);
        networks.add(network);
        return network;
    }

    @Override
    public List<Face> faces(BufferedImage picture) {
        return faces.faces(picture);
    }

    @Override
    public Optional<Pose> pose(BufferedImage picture) {
        return pose.pose(picture);
    }

    @Override
    public Matte matte(BufferedImage picture) {
        return matte.matte(picture);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void close() {
        networks.forEach(Network::close);
    }
}
