package athanor.tinybase.measure;

import athanor.tinybase.judge.Observation;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Subject;
import java.util.List;

/**
 * What is asked of pictures that should show one whole person with the subject's head.
 *
 * @param small the head is as small as in a full-body picture
 * @param oneHead not more and not less
 * @param onABody the head is where a head belongs: above a shirt
 * @param rightShare the head has its natural share of the figure's height
 * @param subject the head is the subject's
 * @param right all of these at once, and nothing doubled
 */
record HeadAndBody(Share small, Share oneHead, Share onABody, Share rightShare, Share subject, Share right) {

    static final HeadAndBody NONE =
            new HeadAndBody(Share.NONE, Share.NONE, Share.NONE, Share.NONE, Share.NONE, Share.NONE);

    static final String[] QUESTIONS = {
        "small head", "one head", "on a body", "right share", "the subject's", "all of these"
    };

    static HeadAndBody of(List<Observation> seen, Subject subject) {
        return new HeadAndBody(
                Share.of(
                        seen,
                        one -> one.framing().filter(Framing.FULL_BODY::equals).isPresent()),
                Share.of(seen, one -> one.heads().size() == 1),
                Share.of(seen, Observation::headIsOnABody),
                Share.of(seen, Observation::headShareIsRight),
                Share.of(seen, one -> one.shows(subject)),
                Share.of(seen, one -> one.shows(subject) && one.isWholeFigure()));
    }

    HeadAndBody plus(HeadAndBody other) {
        return new HeadAndBody(
                small.plus(other.small),
                oneHead.plus(other.oneHead),
                onABody.plus(other.onABody),
                rightShare.plus(other.rightShare),
                subject.plus(other.subject),
                right.plus(other.right));
    }

    /** @return in the order of {@link #QUESTIONS} */
    List<Share> shares() {
        return List.of(small, oneHead, onABody, rightShare, subject, right);
    }
}
