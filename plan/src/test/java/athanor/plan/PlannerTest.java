package athanor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import athanor.contracts.Size;
import athanor.contracts.json.Json;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.plan.PlanRequest;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Recipe;
import athanor.plan.buckets.Placement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {

    private static final long SIXTEEN_GIB = 16L << 30;

    @Test
    void eightGibTrainStableDiffusion15AtLeastAt512x768() {
        Size area = plan("g8", whole()).area();

        assertThat(area.width()).isGreaterThanOrEqualTo(512);
        assertThat(area.height()).isGreaterThanOrEqualTo(768);
    }

    @Test
    void eightyGibTrainA1080x1920PictureWhole() {
        PlanView plan = plan("g80", whole());

        assertThat(plan.area()).isEqualTo(new Size(1088, 1920));
        assertThat(plan.pictures().get(0).scale()).isEqualTo(1);
        // Sides are multiples of 64: 56 of the 1080 columns are cut off, no pixel is scaled.
        assertThat(plan.buckets()).containsExactly(new PlanView.Bucket(new Size(1024, 1920), 1));
        assertThat(plan.nextCard()).isNull();
    }

    @Test
    void anAmountIsAsGoodAsAClass() {
        assertThat(plan("8GiB", whole()).area()).isEqualTo(plan("g8", whole()).area());
        assertThat(plan(Long.toString(8L << 30), whole()).area())
                .isEqualTo(plan("g8", whole()).area());
    }

    @ParameterizedTest
    @CsvSource({
        "SD1, g8",
        "SD1, g12",
        "SD1, g24",
        "SD2, g8",
        "SD2, g16",
        "SDXL, g12",
        "SDXL, g24",
        "SDXL, g48",
        "TINY, cpu"
    })
    void whatIsPlannedFitsAndTheNextSizeDoesNot(BaseFamily family, String memory) {
        PlanView plan = plan(family, memory, whole());

        assertThat(plan.bytes()).isLessThanOrEqualTo(plan.memoryBytes());
        List<Size> areas = family.areas();
        int at = areas.indexOf(plan.area());
        boolean enough = plan.recompute() && plan.area().equals(family.usualArea());
        if (at + 1 < areas.size() && !enough) {
            PlanRequest next = asked(family.name(), memory, areas.get(at + 1), plan.recompute(), whole());
            assertThatThrownBy(() -> Planner.plan(next, family, SIXTEEN_GIB))
                    .isInstanceOf(CannotPlanException.class)
                    .hasMessageContaining(areas.get(at + 1).toString())
                    .hasMessageEndingWith("; %s fits: set training.area to it".formatted(plan.area()));
        }
    }

    @ParameterizedTest
    @EnumSource(BaseFamily.class)
    void moreMemoryNeverTrainsSmaller(BaseFamily family) {
        List<Long> areas = new ArrayList<>();
        for (int gib = 1; gib <= 80; gib++) {
            try {
                areas.add(plan(family, gib + "GiB", whole()).area().pixels());
            } catch (CannotPlanException tooSmall) {
                assertThat(areas).isEmpty();
            }
        }

        assertThat(areas).hasSizeGreaterThan(60).isSorted();
    }

    @Test
    void activationsAreComputedTwiceForTheUsualAreaAndNotForMore() {
        PlanView sixteen = plan(BaseFamily.SDXL, "g16", whole());
        PlanView twentyFour = plan(BaseFamily.SDXL, "g24", whole());

        assertThat(sixteen.recompute()).isTrue();
        assertThat(sixteen.area()).isEqualTo(BaseFamily.SDXL.usualArea());
        assertThat(sixteen.warnings()).first().asString().startsWith("activations are computed twice");
        assertThat(sixteen.warnings())
                .anyMatch(warning -> warning.contains("with activations computed twice (slower)"));
        assertThat(twentyFour.recompute()).isFalse();
        assertThat(twentyFour.area().pixels())
                .isGreaterThanOrEqualTo(sixteen.area().pixels());
    }

    @Test
    void captionsThatChangeKeepTheTextEncodersAndSummedGradientsAreAVectorMore() {
        Workload usual = Workload.of(BaseFamily.SDXL, Recipe.defaults("sdxl", "woman"), NumberFormat.BFLOAT16, true);
        Workload changing = Workload.of(
                BaseFamily.SDXL,
                Recipe.defaults("sdxl", "woman").with("training.captionTagDropout", "0.1"),
                NumberFormat.BFLOAT16,
                true);
        Workload summed = Workload.of(
                BaseFamily.SDXL,
                Recipe.defaults("sdxl", "woman").with("training.gradientAccumulation", "4"),
                NumberFormat.BFLOAT16,
                true);
        Size size = new Size(1024, 1024);

        double bytes = MemoryModel.standard().step(usual, size).bytes();

        // SDXL's two text encoders have 817 million numbers; the LoRA of rank 16 as the table has it.
        assertThat(MemoryModel.standard().step(changing, size).bytes() - bytes)
                .isCloseTo(2 * 817e6, withinPercentage(1));
        assertThat(MemoryModel.standard().step(summed, size).bytes() - bytes).isBetween(4 * 10e6, 4 * 60e6);
        assertThat(MemoryModel.standard()
                        .step(changing.withChangingCaptions(false), size)
                        .bytes())
                .isEqualTo(bytes);
    }

    @Test
    void aBiggerCardWouldKeepMore() {
        PlanView plan = plan("g8", whole());

        assertThat(plan.nextCard()).isNotNull();
        assertThat(plan.nextCard().kept()).isGreaterThan(plan.kept());
        assertThat(plan.nextCard().sentence()).contains("a card with 12 GiB").contains("would keep");
    }

    @Test
    void aPictureThatWouldBeEnlargedTooMuchIsRefusedByName() {
        PlanView plan = plan("g8", whole(), picture("stamp.jpg", 100, 100));

        assertThat(plan.pictures().get(1).refused()).contains("enlarged 2.56 times");
        assertThat(plan.warnings()).anyMatch(sentence -> sentence.startsWith("stamp.jpg is refused"));
        assertThat(plan.buckets().stream().mapToInt(PlanView.Bucket::pictures).sum())
                .isEqualTo(1);
    }

    @Test
    void aPictureThatHasToBeEnlargedALittleIsWarnedOf() {
        PlanView plan = plan("g8", picture("small.jpg", 240, 320));

        assertThat(plan.pictures().get(0).refused()).isNull();
        assertThat(plan.warnings()).anyMatch(sentence -> sentence.contains("it is enlarged 1.07 times"));
    }

    @Test
    void nothingIsPlannedForPicturesThatAreAllRefused() {
        assertThatThrownBy(() -> plan("g8", picture("stamp.jpg", 100, 100)))
                .isInstanceOf(CannotPlanException.class)
                .hasMessageStartingWith("no picture can be trained on; the first, stamp.jpg: it is 100x100");
    }

    @Test
    void theLargestAreaThatFourOfFivePicturesFill() {
        PlanRequest.Picture small = picture("small.jpg", 600, 900);

        PlanView plan = plan("g80", small, small, small, small, whole());

        assertThat(plan.areaFilled()).isEqualTo(new Size(576, 896));
        assertThat(plan.warnings())
                .contains(
                        "4 of 5 pictures are smaller than 1088x1920; they are not enlarged and train in smaller buckets"
                                + " (at least four of five fill 576x896)");
    }

    /** 2048x3072 at 512x768 keeps a sixteenth of its pixels; if it was enlarged twice before, a quarter of what is in it. */
    @Test
    void detailIsCountedFromWhatThePictureReallyHolds() {
        PlanRequest.Picture camera = new PlanRequest.Picture("camera.jpg", 2048, 3072, 2048, 3072, null);
        PlanRequest.Picture enlarged = new PlanRequest.Picture("enlarged.jpg", 2048, 3072, 1024, 1536, null);
        PlanRequest.Picture unknown = picture("unknown.jpg", 2048, 3072);

        List<PlanView.Picture> pictures = Planner.plan(
                        asked("SD1", "g80", new Size(512, 768), false, camera, enlarged, unknown),
                        BaseFamily.SD1,
                        SIXTEEN_GIB)
                .pictures();

        assertThat(pictures).extracting(PlanView.Picture::pixelsKept).containsOnly(1 / 16.0);
        assertThat(pictures).extracting(PlanView.Picture::detailKept).containsExactly(1 / 16.0, 1 / 4.0, null);
    }

    /** 1200x1200 becomes 640x640 whole; a face of 0.1 has a head of 0.135, 86 pixels, nearly 11 cells of eight. */
    @Test
    void aHeadIsMeasuredInCellsOfTheLatentPicture() {
        PlanView.Picture picture = withFace(
                        new FaceSeen(0.45, 0.2, 0.08, 0.1, 0.9), new Size(1200, 1200), new Size(640, 640))
                .pictures()
                .get(0);

        assertThat(picture.bucket()).isEqualTo(new Size(640, 640));
        assertThat(picture.headCells()).isCloseTo(0.135 * 640 / 8, within(1e-9));
        assertThat(picture.headCut()).isZero();
    }

    @Test
    void aHeadThatIsTooSmallIsNamed() {
        PlanView plan = withFace(new FaceSeen(0.48, 0.1, 0.03, 0.04, 0.9), new Size(1200, 1200), new Size(640, 640));

        assertThat(plan.pictures().get(0).headCells()).isLessThan(6);
        assertThat(plan.warnings())
                .anyMatch(sentence -> sentence.contains(
                                "the head is under 6 cells of the latent picture (48 pixels), too few to carry")
                        && sentence.contains("(35 pixels)"));
    }

    /** 700x1000 has fewer pixels than 768x960: it is not scaled but cut to 640x960, by 40 rows and 60 columns. */
    @Test
    void theCutIsMovedNoFurtherThanTheHeadNeeds() {
        Size picture = new Size(700, 1000);
        Size area = new Size(768, 960);
        FaceSeen inTheMiddle = new FaceSeen(0.45, 0.3, 0.1, 0.1, 0.9);
        FaceSeen atTheEdge = new FaceSeen(0.0, 0.3, 0.05, 0.1, 0.9);
        FaceSeen above = new FaceSeen(0.45, 0.05, 0.1, 0.1, 0.9);

        assertThat(cut(inTheMiddle, picture, area)).isEqualTo(new int[] {30, 20});
        // Hair and all, the head begins left of the photograph; the crown of the other is 5 rows from its upper edge.
        assertThat(cut(atTheEdge, picture, area)).isEqualTo(new int[] {0, 20});
        assertThat(cut(above, picture, area)).isEqualTo(new int[] {30, 0});
        assertThat(withFace(atTheEdge, picture, area).pictures().get(0).headCut())
                .isZero();
    }

    private static int[] cut(FaceSeen face, Size size, Size area) {
        PlanRequest.Picture picture =
                new PlanRequest.Picture("woman.jpg", size.width(), size.height(), null, null, face);
        Placement placement = PlacedSet.of(area, 1, List.of(picture)).get(0);
        return new int[] {placement.cropLeft(), placement.cropTop()};
    }

    @Test
    void aHeadThatTheCutRemovesIsNamed() {
        // 1400x300 is cut to 1344x256: a head that fills the height does not fit.
        FaceSeen large = new FaceSeen(0.4, 0.25, 0.1, 0.6, 0.9);

        PlanView plan = withFace(large, new Size(1400, 300), new Size(768, 960));

        assertThat(plan.pictures().get(0).headCut()).isGreaterThan(0.05);
        assertThat(plan.warnings())
                .anyMatch(
                        sentence -> sentence.matches(
                                "in 1 of 1 picture the cut to the bucket takes a part of the head: woman.jpg \\(\\d+ %\\); .*"));
    }

    @Test
    void aBucketThatIsSmallerThanABatchIsMergedWhereThatCutsLittle() {
        PlanRequest.Picture square = picture("square.jpg", 1024, 1024);
        PlanRequest.Picture nearlySquare = picture("nearly.jpg", 1024, 1138);
        PlanRequest.Picture wide = picture("wide.jpg", 2000, 1000);
        List<PlanRequest.Picture> set = List.of(square, square, square, square, nearlySquare, wide);
        Size area = new Size(512, 512);

        List<Size> alone = buckets(PlacedSet.of(area, 1, set));
        List<Size> together = buckets(PlacedSet.of(area, 4, set));

        assertThat(alone.get(4)).isNotEqualTo(new Size(512, 512));
        assertThat(together.subList(0, 5)).containsOnly(new Size(512, 512));
        assertThat(together.get(5)).isEqualTo(alone.get(5));
    }

    @Test
    void nothingIsMergedThatWouldHaveToBeEnlarged() {
        PlanRequest.Picture large = picture("large.jpg", 1024, 1024);
        PlanRequest.Picture small = picture("small.jpg", 448, 448);
        List<PlanRequest.Picture> set = List.of(large, large, large, large, small);

        assertThat(buckets(PlacedSet.of(new Size(512, 512), 4, set)).get(4)).isEqualTo(new Size(448, 448));
    }

    private static List<Size> buckets(List<Placement> placements) {
        return placements.stream().map(Placement::bucket).toList();
    }

    @Test
    void whatNobodyTimedHasNoSeconds() {
        PlanView plan = plan("g8", whole());

        assertThat(plan.seconds()).isNull();
        assertThat(plan.speed()).startsWith("not known");
        assertThat(Json.write(plan)).contains("\"seconds\":null");
    }

    @Test
    void whatSomebodyTimedHasSeconds() {
        PlanRequest request = asked("SD1", "cpu:16GiB", new Size(256, 256), false, whole());

        PlanView plan = Planner.plan(request, BaseFamily.SD1, SIXTEEN_GIB);

        assertThat(plan.seconds()).isCloseTo(3.51 * plan.steps(), within(1e-6));
    }

    @Test
    void memoryThatIsNone() {
        assertThatThrownBy(() -> plan("much", whole())).hasMessageStartingWith("'much' is no memory; name a class");
    }

    @Test
    void aCardThatHoldsNothingOfTheFamily() {
        assertThatThrownBy(() -> plan(BaseFamily.SDXL, "2GiB", whole()))
                .isInstanceOf(CannotPlanException.class)
                .hasMessageEndingWith("no size fits: take a larger card");
    }

    private static PlanRequest.Picture whole() {
        return picture("whole.jpg", 1080, 1920);
    }

    private static PlanRequest.Picture picture(String name, int width, int height) {
        return new PlanRequest.Picture(name, width, height, null, null, null);
    }

    private static PlanView withFace(FaceSeen face, Size size, Size area) {
        PlanRequest.Picture picture =
                new PlanRequest.Picture("woman.jpg", size.width(), size.height(), null, null, face);
        return Planner.plan(asked("SD1", "g80", area, false, picture), BaseFamily.SD1, SIXTEEN_GIB);
    }

    private static PlanView plan(String memory, PlanRequest.Picture... pictures) {
        return plan(BaseFamily.SD1, memory, pictures);
    }

    private static PlanView plan(BaseFamily family, String memory, PlanRequest.Picture... pictures) {
        return Planner.plan(asked(family.name(), memory, null, null, pictures), family, SIXTEEN_GIB);
    }

    private static PlanRequest asked(
            String family, String memory, Size area, Boolean recompute, PlanRequest.Picture... pictures) {
        return new PlanRequest(
                null,
                family,
                memory,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                recompute,
                null,
                area,
                List.of(pictures));
    }
}
