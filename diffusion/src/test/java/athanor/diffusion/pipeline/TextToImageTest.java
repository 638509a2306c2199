package athanor.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.pipeline.RenderRequest.PromptedSeed;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import athanor.diffusion.runtime.LoraSet;
import athanor.diffusion.sampler.SamplerName;
import athanor.diffusion.schedule.SchedulerConfig;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small random bases, real networks: {@code src/test/resources/parity}. */
class TextToImageTest {

    private static final float ROUNDING = 2e-4f;

    private static BaseModel base;
    private static DiffusionModel model;
    private static TextToImage images;

    @BeforeAll
    static void openBase() {
        base = BaseModel.open(parity("sd1"));
        model = DiffusionModel.load(base, ComputeOptions.CPU);
        images = new TextToImage(base, model);
    }

    @AfterAll
    static void closeBase() {
        model.close();
        base.close();
    }

    @Test
    void aLoraTrainedToZeroTerminalSnrIsDrawnFromThere() {
        LoraSet told = LoraSet.of(LoraFile.of(List.of(), Map.of("ss_zero_terminal_snr", "True")), 1);
        LoraSet silent = LoraSet.of(LoraFile.of(List.of(), Map.of("ss_zero_terminal_snr", "False")), 1);
        try (BaseModel velocity = BaseModel.open(parity("sd2"))) {
            SchedulerConfig own = velocity.schedulerConfig();
            assertThat(TextToImage.schedule(own, told)).isEqualTo(own.withZeroTerminalSnr());
            assertThat(TextToImage.schedule(own, silent)).isEqualTo(own);
        }
        assertThat(TextToImage.schedule(base.schedulerConfig(), told)).isEqualTo(base.schedulerConfig());
    }

    @Test
    void aRefinedPictureStaysWhatItIsAtLowStrengthAndIsTheSameAloneAndInABatch() {
        RenderRequest two = request("a photo of a woman", 2).withSteps(10);
        List<BufferedImage> first =
                render(two).stream().map(RenderedPicture::image).toList();

        List<RenderedPicture> little = refine(two, List.of(first.get(0), first.get(0)), 0.1);
        List<RenderedPicture> much = refine(two, List.of(first.get(0), first.get(0)), 0.9);

        assertThat(difference(little.get(0).image(), little.get(1).image()))
                .as("two seeds over one picture")
                .isLessThan(difference(much.get(0).image(), much.get(1).image()));
        assertThat(refine(two.withBatch(1), first, 0.5).get(1).rgb())
                .containsExactly(refine(two, first, 0.5).get(1).rgb(), within(ROUNDING));
        assertThatThrownBy(() -> refine(two, first.subList(0, 1), 0.5))
                .hasMessage("1 pictures to draw over for 2 that are wanted");
    }

    private static List<RenderedPicture> refine(RenderRequest request, List<BufferedImage> pictures, double strength) {
        return images.refine(request, new Refinement(pictures, strength), LoraSet.none(), (done, total) -> true)
                .pictures();
    }

    private static double difference(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                sum += Math.abs((one.getRGB(x, y) >> 8 & 255) - (other.getRGB(x, y) >> 8 & 255));
            }
        }
        return sum;
    }

    @Test
    void promptsOfDifferentNumbersOfPartsAreDrawnInOneBatch() {
        PromptedSeed plain = new PromptedSeed("a woman", 1);
        PromptedSeed parted = new PromptedSeed("a woman BREAK a park", 1);
        RenderRequest both = new RenderRequest(List.of(plain, parted), "", 32, 32, 3, 7, SamplerName.EULER, 2);

        List<RenderedPicture> pictures = render(both);

        assertThat(difference(pictures.get(0).image(), pictures.get(1).image())).isPositive();
        RenderRequest alone = new RenderRequest(List.of(parted), "", 32, 32, 3, 7, SamplerName.EULER, 1);
        assertThat(render(alone).get(0).rgb()).containsExactly(pictures.get(1).rgb(), within(ROUNDING));
    }

    @Test
    void aPictureIsTheSameAloneAndInABatch() {
        for (SamplerName sampler : SamplerName.values()) {
            RenderRequest three = request("a photo of a woman", 3).withSampler(sampler);
            RenderRequest last = RenderRequest.of("a photo of a woman", 42, 1, 40, 32)
                    .withSteps(4)
                    .withSampler(sampler);

            assertThat(render(last).get(0).rgb())
                    .as(sampler.shortName())
                    .containsExactly(render(three).get(2).rgb(), within(ROUNDING));
            assertThat(render(three.withBatch(2)).get(2).rgb())
                    .as(sampler.shortName())
                    .containsExactly(render(three).get(2).rgb(), within(ROUNDING));
        }
    }

    @Test
    void eachPictureOfABatchFollowsItsOwnPrompt() {
        List<PromptedSeed> mixed = List.of(new PromptedSeed("a man", 5), new PromptedSeed("red hair in the park", 5));
        RenderRequest request = new RenderRequest(mixed, "", 40, 32, 4, 5, SamplerName.EULER, 2);

        List<RenderedPicture> pictures = render(request);

        RenderRequest alone = RenderRequest.of("red hair in the park", 5, 1, 40, 32)
                .withSteps(4)
                .withGuidance(5)
                .withSampler(SamplerName.EULER);
        assertThat(pictures.get(1).rgb()).containsExactly(render(alone).get(0).rgb(), within(ROUNDING));
        assertThat(difference(pictures.get(0), pictures.get(1))).isGreaterThan(ROUNDING);
    }

    /** As in diffusers, where nothing is guided up to 1. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void withoutGuidanceThePromptAloneCounts(double guidance) {
        RenderRequest woman = request("a photo of a woman", 1).withGuidance(guidance);
        RenderRequest man = request("red hair in the park", 1).withGuidance(guidance);

        assertThat(difference(render(woman).get(0), render(man).get(0))).isGreaterThan(ROUNDING);
        assertThat(render(woman).get(0).rgb())
                .containsExactly(render(woman.withGuidance(1)).get(0).rgb(), within(1e-6f));
        assertThat(images.render(woman.withNegativePrompt("a man"), LoraSet.none(), RenderProgress.NONE)
                        .warnings())
                .singleElement()
                .asString()
                .contains("the negative prompt is not read at guidance " + guidance);
    }

    @Test
    void allBitsOfASeedCount() {
        RenderRequest one = RenderRequest.of("a", 1, 1, 40, 32).withSteps(2);
        RenderRequest far = RenderRequest.of("a", (1L << 48) + 1, 1, 40, 32).withSteps(2);
        RenderRequest negative =
                RenderRequest.of("a", Long.MIN_VALUE + 1, 1, 40, 32).withSteps(2);

        assertThat(difference(render(one).get(0), render(far).get(0))).isGreaterThan(ROUNDING);
        assertThat(difference(render(far).get(0), render(negative).get(0))).isGreaterThan(ROUNDING);
        assertThat(difference(render(one).get(0), render(negative).get(0))).isGreaterThan(ROUNDING);
    }

    @Test
    void afterTheLargestSeedComesTheSmallest() {
        assertThat(RenderRequest.of("a", Long.MAX_VALUE, 2, 40, 32).pictures())
                .extracting(PromptedSeed::seed)
                .containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    @Test
    void theNegativePromptCountsOnlyWithGuidance() {
        RenderRequest plain = request("a photo of a woman", 1);
        RenderRequest unguided = plain.withGuidance(1);

        assertThat(difference(
                        render(plain).get(0),
                        render(plain.withNegativePrompt("a man")).get(0)))
                .isGreaterThan(ROUNDING);
        assertThat(render(unguided.withNegativePrompt("a man")).get(0).rgb())
                .containsExactly(render(unguided).get(0).rgb(), within(1e-6f));
    }

    @Test
    void aWeightOfOneChangesNothingAndAnotherWeightDoes() {
        RenderedPicture plain = render(request("a photo of a woman", 1)).get(0);

        assertThat(render(request("a photo of a (woman:1)", 1)).get(0).rgb())
                .containsExactly(plain.rgb(), within(1e-6f));
        assertThat(difference(
                        plain, render(request("a photo of a (woman:1.5)", 1)).get(0)))
                .isGreaterThan(ROUNDING);
    }

    @Test
    void aPromptThatIsTooLongIsCutAndSaysWhere() {
        String prompt = "a photo of a woman with red hair in the park standing full body and a man with red hair";

        Rendering rendering = images.render(request(prompt, 1), LoraSet.none(), RenderProgress.NONE);

        assertThat(rendering.warnings()).singleElement().asString().contains("this base reads 14", "with red hair\"");
    }

    @Test
    void progressCountsTheStepsOfAllBatchesAndCanStopThem() {
        List<String> seen = new ArrayList<>();
        images.render(request("a", 3).withBatch(2), LoraSet.none(), (done, total) -> seen.add(done + "/" + total));
        assertThat(seen).containsExactly("1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8");

        assertThatThrownBy(() -> images.render(request("a", 3), LoraSet.none(), (done, total) -> done < 2))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("after 2 of 4 steps");
    }

    @Test
    void aSizeThatTheAutoencoderCannotMakeIsRefused() {
        assertThatThrownBy(() -> RenderRequest.of("a", 1, 1, 44, 32)).hasMessageContaining("multiples of 8");
    }

    @Test
    void everyFamilyDrawsFinitePicturesAtOddSizes() {
        for (String family : List.of("sd1-four-levels", "sd2", "sdxl")) {
            try (BaseModel other = BaseModel.open(parity(family));
                    DiffusionModel otherModel = DiffusionModel.load(other, ComputeOptions.CPU)) {
                RenderRequest request = RenderRequest.of("a (woman:1.2) in the park", 1, 2, 24, 40)
                        .withSteps(3);
                List<RenderedPicture> pictures = new TextToImage(other, otherModel)
                        .render(request, LoraSet.none(), RenderProgress.NONE)
                        .pictures();

                assertThat(pictures).hasSize(2).allSatisfy(picture -> {
                    assertThat(picture.rgb()).hasSize(3 * 24 * 40).doesNotContain(Float.NaN);
                    assertThat(picture.image().getWidth()).isEqualTo(24);
                });
            }
        }
    }

    /** Java cannot hold bfloat16 and would die of it without a word, so this test is also the proof that it never does. */
    @Test
    void halfPrecisionDrawsNearlyTheSamePicture() {
        RenderRequest request = request("a photo of a (woman:1.2)", 1);
        for (ComputeType type : List.of(ComputeType.BFLOAT16, ComputeType.FLOAT16)) {
            for (String family : List.of("sd1", "sdxl")) {
                try (BaseModel other = BaseModel.open(parity(family));
                        DiffusionModel exact = DiffusionModel.load(other, ComputeOptions.CPU);
                        DiffusionModel half = DiffusionModel.load(other, new ComputeOptions(Device.cpu(), type))) {
                    RenderedPicture expected = draw(other, exact, request);
                    assertThat(difference(draw(other, half, request), expected))
                            .as("%s in %s", family, type)
                            .isLessThan(0.2);
                }
            }
        }
    }

    private static RenderedPicture draw(BaseModel base, DiffusionModel model, RenderRequest request) {
        return new TextToImage(base, model)
                .render(request, LoraSet.none(), RenderProgress.NONE)
                .pictures()
                .get(0);
    }

    /** On a CPU weights are packed for one size, so going to another one and back packs them three times. */
    @Test
    void anotherSizeInBetweenChangesNothing() {
        RenderRequest request = request("a photo of a woman", 1);
        float[] before = render(request).get(0).rgb();
        render(RenderRequest.of("a photo of a woman", 40, 1, 24, 48).withSteps(2));

        assertThat(render(request).get(0).rgb()).containsExactly(before, within(1e-6f));
    }

    @Test
    void renderingLeavesNothingBehind() {
        try (NDManager scope = model.newScope()) {
            int before = scope.getParentManager().getManagedArrays().size();
            render(request("a photo of a woman", 2));
            assertThat(scope.getParentManager().getManagedArrays()).hasSize(before);
        }
    }

    private static RenderRequest request(String prompt, int count) {
        return RenderRequest.of(prompt, 40, count, 40, 32).withSteps(4);
    }

    private static List<RenderedPicture> render(RenderRequest request) {
        return images.render(request, LoraSet.none(), RenderProgress.NONE).pictures();
    }

    private static double difference(RenderedPicture a, RenderedPicture b) {
        double largest = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            largest = Math.max(largest, Math.abs(a.rgb()[i] - b.rgb()[i]));
        }
        return largest;
    }

    private static Path parity(String name) {
        return Path.of("src/test/resources/parity", name);
    }
}
