package athanor.appraisal;

import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PoseSeen;
import athanor.people.Box;
import athanor.people.Face;
import athanor.people.PeopleSeen;
import athanor.people.Pose;
import athanor.people.framing.FramingRule;
import java.awt.image.BufferedImage;

/** People as they are written down: in shares of the picture, so that its size does not matter. */
final class PeopleLooks {

    private static final double DECIMALS = 1e4;

    private PeopleLooks() {}

    static PeopleLook of(PeopleSeen seen, BufferedImage picture) {
        athanor.people.framing.Framing framing = FramingRule.of(seen, picture.getWidth(), picture.getHeight());
        return new PeopleLook(
                seen.faces().stream().map(face -> of(face, picture)).toList(),
                Math.max(seen.faces().size(), seen.pose().isPresent() ? 1 : 0),
                Framing.valueOf(framing.framing().name()),
                framing.headShare().isPresent() ? rounded(framing.headShare().getAsDouble()) : null,
                framing.why(),
                seen.detector(),
                seen.pose().map(pose -> of(pose, picture)).orElse(null));
    }

    private static PoseSeen of(Pose pose, BufferedImage picture) {
        double width = picture.getWidth();
        double height = picture.getHeight();
        Box box = pose.box();
        return new PoseSeen(
                rounded(pose.score()),
                rounded(box.x() / width),
                rounded(box.y() / height),
                rounded(box.width() / width),
                rounded(box.height() / height),
                pose.joints().stream()
                        .map(joint -> new PoseSeen.JointSeen(
                                rounded(joint.x() / width), rounded(joint.y() / height), rounded(joint.visibility())))
                        .toList());
    }

    private static FaceSeen of(Face face, BufferedImage picture) {
        Box box = face.box();
        return new FaceSeen(
                rounded(box.x() / picture.getWidth()),
                rounded(box.y() / picture.getHeight()),
                rounded(box.width() / picture.getWidth()),
                rounded(box.height() / picture.getHeight()),
                rounded(face.score()));
    }

    private static double rounded(double number) {
        return Math.round(number * DECIMALS) / DECIMALS;
    }
}
