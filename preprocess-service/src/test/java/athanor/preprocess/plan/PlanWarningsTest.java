package athanor.preprocess.plan;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.Recipe;
import athanor.plan.buckets.BucketRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanWarningsTest {

    private static final Recipe RECIPE = Recipe.defaults("sd15", "woman");

    @Test
    void aGoodSetOfTheRightSizeNeedsNoWords() {
        assertThat(PlanWarnings.of(RECIPE, pictures(8, "512x768"), 100)).isEmpty();
    }

    @Test
    void aSmallPictureIsNamedAndWasNotEnlarged() {
        List<PlacedPicture> pictures = pictures(8, "512x768");
        pictures.set(0, picture("holiday.jpg", "320x448"));

        assertThat(PlanWarnings.of(RECIPE, pictures, 100))
                .containsExactly(
                        "holiday.jpg is 320x448: smaller than the area of 512x768; it was not enlarged and trains at 320x448");
    }

    @Test
    void aLargeCutIsNamed() {
        List<PlacedPicture> pictures = pictures(8, "512x768");
        pictures.set(0, picture("odd.jpg", "300x400"));

        assertThat(PlanWarnings.of(RECIPE, pictures, 100))
                .contains("odd.jpg loses 18 % of its area to the cut from 300x400 to 256x384: check that the subject is"
                        + " whole");
    }

    @Test
    void aHeadThatIsCutOffOrTooSmallIsNamed() {
        List<PlacedPicture> pictures = pictures(8, "512x768");
        pictures.set(0, picture("edge.jpg", "1000x1400", new FaceSeen(0.4, 0, 0.2, 0.1, 0.9)));
        pictures.set(1, picture("far.jpg", "512x768", new FaceSeen(0.5, 0.2, 0.04, 0.04, 0.9)));
        pictures.set(2, picture("near.jpg", "512x768", new FaceSeen(0.4, 0.2, 0.3, 0.3, 0.9)));

        assertThat(PlanWarnings.of(RECIPE, pictures, 100))
                .contains("in 1 of 8 pictures the cut to the bucket takes a part of the head: edge.jpg (8 %); cut it"
                        + " yourself, around the head")
                .contains(
                        "in 1 of 8 pictures the head is under 6 cells of the latent picture (48 pixels), too few to carry"
                                + " who it is: far.jpg (41 pixels); cut it closer, or train larger")
                .noneMatch(warning -> warning.contains("near.jpg"));
    }

    @Test
    void saysWhatALargerSizeWouldKeep() {
        assertThat(PlanWarnings.of(RECIPE, pictures(8, "3000x4000"), 100))
                .containsExactly("trained at 512x768 the pictures keep 3.0 % of their pixels on average; a card and a"
                        + " base that take 1024x1536 would keep 11 %");
    }

    @Test
    void withoutPriorAndWithTheTextEncoderItIsPlainFineTuning() {
        Recipe naive = RECIPE.with("prior.mode", "OFF").with("network.textEncoder", "true");

        assertThat(PlanWarnings.of(naive, pictures(8, "512x768"), 0))
                .singleElement()
                .asString()
                .contains("plain fine-tuning")
                .contains("every woman");
        assertThat(naive.prior().mode()).isEqualTo(PriorMode.OFF);
    }

    @Test
    void fewPicturesAreFew() {
        assertThat(PlanWarnings.of(RECIPE, pictures(3, "512x768"), 100))
                .singleElement()
                .asString()
                .startsWith("only 3 pictures");
    }

    @Test
    void classWordAndPriorPullAgainstEachOther() {
        assertThat(PlanWarnings.of(RECIPE.with("subject.promptedBy", "CLASS_WORD"), pictures(8, "512x768"), 100))
                .singleElement()
                .asString()
                .contains("pull against each other");
    }

    @Test
    void whatNoTextEncoderReadsIsNamed() {
        List<PlacedPicture> pictures = pictures(8, "512x768");
        pictures.set(3, cut(pictures.get(3), "a sks woman in a park, sunny", "sunny"));

        assertThat(PlanWarnings.of(RECIPE, pictures, 100))
                .containsExactly(
                        "picture-3.jpg: the caption has 80 tokens and this base reads 75; not read: \"sunny\"");
    }

    @Test
    void theTriggerBehindTheEndIsTheGravestOfAll() {
        List<PlacedPicture> pictures = pictures(4, "512x768");
        pictures.set(3, cut(pictures.get(3), "a park in the sun, a sks woman", "a sks woman"));

        assertThat(PlanWarnings.of(RECIPE, pictures, 100))
                .first()
                .isEqualTo("picture-3.jpg: the caption has 80 tokens and this base reads 75; not read: \"a sks woman\","
                        + " and with it 'sks': put that among the first words");
    }

    private static PlacedPicture cut(PlacedPicture picture, String caption, String unread) {
        return new PlacedPicture(
                picture.seen(),
                picture.placement(),
                new Caption(caption, false),
                Optional.empty(),
                Optional.of(new CutCaption(80, 75, unread)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.learningRate | 0 | the learning rate is 0: nothing will be learned",
                "training.learningRate | 0.5 | a learning rate of 0.5 with alpha / rank of 1 makes steps so large",
                "network.alpha | 0.001 | makes the LoRA count 0.0000625 times (alpha / rank): it will learn next to nothing",
                "training.warmupSteps | 1000 | 1000 steps of warm-up for 1000 steps of training",
                "training.captionDropout | 1 | every caption is left empty"
            })
    void aValueThatCannotWorkIsQuestionedBeforeItTrains(String key, String value, String warning) {
        assertThat(PlanWarnings.of(RECIPE.with(key, value), pictures(8, "512x768"), 100))
                .singleElement()
                .asString()
                .contains(warning);
    }

    private static List<PlacedPicture> pictures(int count, String size) {
        List<PlacedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(picture("picture-" + i + ".jpg", size));
        }
        return pictures;
    }

    private static PlacedPicture picture(String name, String size) {
        return picture(name, size, null);
    }

    private static PlacedPicture picture(String name, String size, @Nullable FaceSeen face) {
        Size pixels = Size.parse(size);
        return new PlacedPicture(
                new PlanRequest.Picture(name, pixels.width(), pixels.height(), null, null, face),
                BucketRule.forArea(RECIPE.training().bucketArea()).place(pixels),
                new Caption("a photo of a sks woman", false),
                Optional.empty(),
                Optional.empty());
    }
}
