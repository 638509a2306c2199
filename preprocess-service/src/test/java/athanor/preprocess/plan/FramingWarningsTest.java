package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.FramingProfile;
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
                                + " to do harm; leave it out (framing.outliers=LEAVE_OUT), or add 5 more",
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
    void theBlurredFullBodyIsTheOutlierOfTheSet() {
        shown(29, Framing.HALF);
        pictures.add(
                placed("walk.jpg", Framing.FULL, null, new PlacedPicture.Whole(Optional.of(Framing.FULL), true, 4.0)));

        SetFraming set = new SetFraming(pictures);
        FramingProfile profile = set.profile(List.of());

        assertThat(set.outliers()).extracting(PlacedPicture::fileName).containsExactly("walk.jpg");
        assertThat(set.whyLeftOut(set.outliers().get(0)))
                .isEqualTo(
                        "only 1 of 30 pictures show full body, and it is blurred: too few to learn it and enough to do"
                                + " harm (framing.outliers=KEEP trains on it)");
        assertThat(FramingWarnings.of(pictures))
                .anyMatch(warning -> warning.startsWith(
                        "walk.jpg: only 1 of 30 pictures shows that framing (full body) and is" + " blurred, too few"));
        assertThat(profile.outliers()).containsExactly("walk.jpg");
        assertThat(profile.framings())
                .extracting(
                        FramingProfile.Shown::framing,
                        FramingProfile.Shown::pictures,
                        FramingProfile.Shown::blurred,
                        FramingProfile.Shown::taught)
                .containsExactly(tuple(Framing.HALF, 29, 0, true), tuple(Framing.FULL, 1, 1, false));
    }

    @Test
    void whereManyFramingsAreFewNoneIsTheOddOneOut() {
        shown(3, Framing.CLOSE_UP);
        shown(3, Framing.HALF);
        shown(3, Framing.COWBOY);
        shown(3, Framing.FULL);
        shown(3, Framing.WIDE);

        assertThat(new SetFraming(pictures).outliers()).isEmpty();
    }

    @Test
    void headsOfVeryDifferentSizeUnderOneWordAreWarnedOf() {
        for (int i = 0; i < 6; i++) {
            FaceSeen face = new FaceSeen(0.4, 0.2, 0.1, i < 3 ? 0.1 : 0.3, 0.9);
            pictures.add(placed(
                    "half-%d.jpg".formatted(i),
                    Framing.HALF,
                    face,
                    new PlacedPicture.Whole(Optional.of(Framing.HALF), false, null)));
        }

        assertThat(FramingWarnings.of(pictures))
                .anyMatch(warning -> warning.startsWith(
                        "of the pictures that show half body the heads take from 14 % to 41 % of" + " the height"));
        assertThat(new SetFraming(pictures).profile(List.of()).framings().get(0).middleHead())
                .isCloseTo(0.405, within(1e-9));
    }

    @Test
    void whatTheCutChangesIsSaid() {
        pictures.add(placed(
                "feet.jpg", Framing.COWBOY, null, new PlacedPicture.Whole(Optional.of(Framing.FULL), false, null)));

        assertThat(FramingWarnings.of(pictures))
                .anyMatch(warning -> warning.startsWith(
                        "the cut to the bucket changes how 1 of 1 pictures show their person: feet.jpg (full body, now"
                                + " three-quarter)"));
    }

    private static PlacedPicture placed(
            String name, Framing framing, @Nullable FaceSeen face, PlacedPicture.Whole whole) {
        return new PlacedPicture(
                new PlanRequest.Picture(name, SIZE.width(), SIZE.height(), null, null, face),
                BucketRule.forArea(SIZE).place(SIZE),
                new Caption("a photo of a sks woman", false),
                Optional.of(framing),
                Optional.empty(),
                whole);
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
