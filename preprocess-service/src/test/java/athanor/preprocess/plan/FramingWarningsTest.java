package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.plan.PlanRequest;
import athanor.plan.buckets.BucketRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramingWarningsTest {

    private static final Size SIZE = new Size(512, 768);

    private final List<PlacedPicture> pictures = new ArrayList<>();

    private void shown(int count, Framing framing) {
        for (int i = 0; i < count; i++) {
            pictures.add(new PlacedPicture(
                    new PlanRequest.Picture(
                            "%s-%d.jpg".formatted(framing, i), SIZE.width(), SIZE.height(), null, null, null),
                    BucketRule.forArea(SIZE).place(SIZE),
                    new Caption("a photo of a sks woman", false),
                    Optional.of(framing).filter(Framing::shows),
                    Optional.empty()));
        }
    }

    @Test
    void theOneFullBodyAmongHalfBodiesDoesHarm() {
        shown(29, Framing.HALF);
        shown(1, Framing.FULL);

        assertThat(FramingWarnings.of(pictures))
                .containsExactly(
                        "FULL-0.jpg: only 1 of 30 pictures shows that framing (full body), too few to learn it and enough"
                                + " to do harm; leave it out, or add 5 more",
                        "the pictures show half body: the LoRA will draw that, and other framings badly or not at all; add"
                                + " pictures of those that it shall draw");
    }

    @Test
    void aSetInAllFramingsNeedsNoWord() {
        shown(4, Framing.CLOSE_UP);
        shown(4, Framing.HALF);
        shown(4, Framing.FULL);

        assertThat(FramingWarnings.of(pictures)).isEmpty();
    }

    @Test
    void whereNobodyKnowsNothingIsSaid() {
        shown(8, Framing.UNKNOWN);

        assertThat(FramingWarnings.of(pictures)).isEmpty();
    }

    @Test
    void theOwnersWordGoesBeforeWhatWasSeen() {
        assertThat(PictureFraming.of(picture("a sks woman, full body", Framing.HALF)))
                .contains(Framing.FULL);
        assertThat(PictureFraming.of(picture("a sks woman by the sea", Framing.HALF)))
                .contains(Framing.HALF);
        assertThat(PictureFraming.of(picture("half body and full body", Framing.HALF)))
                .contains(Framing.HALF);
        assertThat(PictureFraming.of(picture(null, Framing.UNKNOWN))).isEmpty();
        assertThat(PictureFraming.of(picture(null, null))).isEmpty();
    }

    private static AcceptedPicture picture(@Nullable String caption, @Nullable Framing seen) {
        PeopleLook people =
                seen == null ? null : new PeopleLook(List.of(), 1, seen, null, "a hip is seen", "a detector");
        String sha = "0".repeat(64);
        return new AcceptedPicture(
                sha,
                new ObjectRef("athanor", "in/1.jpg", 5, sha),
                "1.jpg",
                SIZE,
                "JPEG",
                caption,
                new PictureLook(List.of(), null, people));
    }
}
