package athanor.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.Size;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PictureFate.CaptionFrom;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.picture.FaceSeen;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.PeopleLook;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.diffusion.model.BaseModels;
import athanor.people.People;
import athanor.pictures.PictureLimits;
import athanor.pictures.reader.PictureReader;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real store; the pictures are painted by the test. */
class ShowPreparationTest {

    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);
    /** At the left of a picture that is wider than its bucket. */
    private static final PictureLook AT_THE_LEFT = new PictureLook(
            List.of(),
            null,
            new PeopleLook(List.of(new FaceSeen(0, 0.3, 0.05, 0.1, 0.9)), 1, Framing.HALF, 0.2, null, "a detector"));

    private static S3Address.Running server;
    private static ObjectStore store;

    private final RunId run = RunId.fresh("shown", new Random());
    private final ShowPreparation show = new ShowPreparation(store, READER);

    @BeforeAll
    static void startStore() {
        server = S3Address.start();
        store = TestStore.open(server.address());
    }

    @AfterAll
    static void stopStore() {
        READER.close();
        server.close();
    }

    /** 700x1000 has fewer pixels than 768x960 and is cut to 640x960; the smallest is left out. */
    private RunPreparation prepared(RunId run) {
        DatasetAccepted accepted = new DatasetOf(
                        store, run, Recipe.defaults("sd15", "woman").with("training.area", "768x960"))
                .picture("left.png", 700, 1000, null)
                .seenAs(AT_THE_LEFT)
                .picture("in the park.png", 640, 960, "a woman in a park")
                .picture("stamp.png", 100, 100, null)
                .accepted();
        prepare(accepted);
        return show.of(run).orElseThrow();
    }

    private static void prepare(DatasetAccepted accepted) {
        new PrepareDataset(
                        store,
                        READER,
                        People.none(),
                        BaseModels.of("../tiny-base/models"),
                        MemoryClass.CPU,
                        List::of,
                        any -> false,
                        news -> {},
                        Clock.systemUTC())
                .from(accepted);
    }

    @Test
    void thereIsNothingBeforeThePicturesArePrepared() {
        assertThat(show.of(run)).isEmpty();
        assertThat(show.preview(run, "left.png")).isEmpty();
    }

    @Test
    void everyPictureHasAFate() {
        RunPreparation preparation = prepared(run);

        List<PictureFate> fates = preparation.pictures().stream()
                .map(RunPreparation.Prepared::fate)
                .toList();
        assertThat(fates)
                .extracting(fate -> fate.place().fileName())
                .containsExactly("left.png", "in the park.png", "stamp.png");
        PictureFate left = fates.get(0);
        assertThat(left.place().bucket()).isEqualTo(new Size(640, 960));
        // The cut begins at the left edge, where the head is, and not in the middle.
        assertThat(left.cut()).isEqualTo(new PictureFate.Cut(0, 20, 640, 960));
        assertThat(left.caption()).isEqualTo("a photo of a sks woman, half body");
        assertThat(left.captionFrom()).isEqualTo(CaptionFrom.BUILT);
        assertThat(left.framing()).isEqualTo(Framing.HALF);
        assertThat(left.place().headCut()).isZero();
        assertThat(fates.get(1).captionFrom()).isEqualTo(CaptionFrom.COMPLETED);
        assertThat(fates.get(1).caption()).isEqualTo("a sks woman in a park");
        assertThat(fates.get(2).cut()).isNull();
        assertThat(fates.get(2).place().refused()).contains("would be enlarged");
        assertThat(preparation.pictures().get(1).preview())
                .isEqualTo("/runs/%s/preparation/in%%20the%%20park.png/preview".formatted(run));
    }

    @Test
    void whatOlderVersionsPreparedIsShownToo() {
        RunPreparation preparation = prepared(run);
        store.delete(ObjectKeys.preparation(run));

        assertThat(show.of(run)).contains(preparation);
    }

    @Test
    void theSamePicturesAndRecipeGiveTheSameDigest() {
        assertThat(prepared(run).digest())
                .isEqualTo(prepared(RunId.fresh("again", new Random())).digest());
    }

    @Test
    void aPreviewIsDarkWhereThePictureIsCutOff() throws IOException {
        prepared(run);

        BufferedImage preview = image(show.preview(run, "left.png").orElseThrow());
        BufferedImage leftOut = image(show.preview(run, "stamp.png").orElseThrow());
        BufferedImage trained = image(show.trained(run, "left.png").orElseThrow());

        assertThat(preview.getWidth()).isEqualTo(448);
        Color background = new Color(120, 160, 200);
        assertThat(new Color(preview.getRGB(20, 600))).isEqualTo(background);
        assertThat(new Color(preview.getRGB(440, 300)).getBlue()).isLessThan(background.getBlue() / 2);
        assertThat(new Color(leftOut.getRGB(0, 0)).getBlue()).isLessThan(background.getBlue() / 2);
        assertThat(trained.getWidth()).isEqualTo(640);
        assertThat(show.trained(run, "stamp.png")).isEmpty();
        assertThat(show.preview(run, "nobody.png")).isEmpty();
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** 29 half bodies and one whole figure: what the owner says of it goes. */
    @Test
    void theOddOneOutIsNotTrainedOnWhereTheRecipeWantsItSo() {
        Recipe leavesOut = Recipe.defaults("tiny", "woman").with("framing.outliers", "leave-out");
        DatasetOf dataset = new DatasetOf(store, run, leavesOut);
        for (int i = 0; i < 29; i++) {
            dataset.picture("half-%d.png".formatted(i), 64, 65 + i, "a sks woman, half body");
        }
        DatasetAccepted accepted =
                dataset.picture("walk.png", 64, 64, "a sks woman, full body").accepted();
        prepare(accepted);

        RunPreparation shown = show.of(run).orElseThrow();

        PictureFate walk = shown.pictures().stream()
                .map(RunPreparation.Prepared::fate)
                .filter(fate -> fate.place().fileName().equals("walk.png"))
                .findFirst()
                .orElseThrow();
        assertThat(walk.prepared()).isNull();
        assertThat(walk.place().refused()).startsWith("only 1 of 30 pictures show full body");
        assertThat(shown.plan().warnings())
                .anyMatch(warning -> warning.startsWith("walk.png is left out: only 1 of 30"));
        assertThat(shown.plan().framings().outliers()).containsExactly("walk.png");
        assertThat(shown.plan().framings().framings()).hasSize(1);
    }
}
