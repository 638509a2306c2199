package athanor.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.HeadPair;
import athanor.contracts.dataset.PictureFate;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.Region;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.rest.RunPreparation;
import athanor.contracts.run.FailureReason;
import athanor.contracts.run.MemoryClass;
import athanor.contracts.run.RunId;
import athanor.diffusion.model.BaseModels;
import athanor.people.People;
import athanor.pictures.PictureLimits;
import athanor.pictures.Pixels;
import athanor.pictures.reader.PictureReader;
import athanor.preprocess.plan.InstanceChoice;
import athanor.store.ObjectStore;
import athanor.teststack.S3Address;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each way of learning and of holding the class makes of the drawn examples, with a real store. */
class InstancesAndPriorsTest {

    private static final PictureReader READER = new PictureReader(PictureLimits.standard(), 1);
    private static final Path EXAMPLES = Path.of("../tiny-base/examples");

    private static S3Address.Running server;
    private static ObjectStore store;

    private final RunId run = RunId.fresh("instances", new Random());
    private final Recipe recipe = Recipe.defaults("tiny", "woman").with("training.batchSize", "2");

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

    @Test
    void headsAreSquaresAroundTheHeadAndSayThatTheyAreCloseUps() throws IOException {
        PreparedDataset dataset =
                prepared(recipe.with("instances", "heads").with("prior.mode", "base-prediction"), moss(6));

        assertThat(dataset.instances()).hasSize(6).allSatisfy(head -> {
            assertThat(head.bucket().width()).isEqualTo(head.bucket().height());
            assertThat(head.caption()).isEqualTo("a photo of a sks woman, close-up");
            assertThat(head.framing()).isEqualTo(Framing.CLOSE_UP);
        });
        assertThat(dataset.framings()).isEqualTo(Map.of(Framing.CLOSE_UP, 6));
        // The second is a full figure of 192 pixels: its head is less than half as high as the picture.
        assertThat(dataset.instances().get(1).original()).isEqualTo(new Size(192, 192));
        assertThat(dataset.instances().get(1).cropLeft()).isPositive();
    }

    @Test
    void headsAndWholesAreBothThereAndEachSaysWhichItIs() throws IOException {
        Recipe both = recipe.with("instances", "heads-and-wholes").with("prior.mode", "base-prediction");
        DatasetOf set = moss(2).file("plain.png", example(2), 192, 192, "a sks woman in the rain")
                .regions(regions(2));

        PreparedDataset dataset = prepared(both, set);

        assertThat(dataset.instances())
                .extracting(PreparedPicture::caption)
                .containsExactly(
                        "a photo of a sks woman, close-up",
                        "a photo of a sks woman , half body , in the park",
                        "a photo of a sks woman, close-up",
                        "a photo of a sks woman , full body , in a room",
                        "a photo of a sks woman, close-up",
                        "a sks woman in the rain");
        assertThat(shown().pictures())
                .extracting(one -> one.fate().use())
                .containsExactly(PictureFate.Use.HEAD, null, PictureFate.Use.HEAD, null, PictureFate.Use.HEAD, null);
    }

    @Test
    void eachHeadStandsAgainstThePictureThatItWasCutFrom() throws IOException {
        PreparedDataset dataset = prepared(recipe.with("prior.mode", "whole-pictures"), moss(3));

        assertThat(dataset.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.fileName()).isEqualTo("02.png");
            assertThat(pair.body()).isEqualTo("02.png");
            assertThat(pair.zoom()).isBetween(1.5, 3.0);
            assertThat(pair.headShare()).isBetween(0.25, 0.45);
            assertThat(pair.framing()).isEqualTo(Framing.FULL);
            assertThat(pair.headInWhole().y()).isBetween(0, 20);
            assertThat(pair.headSize()).isEqualTo(new Size(64, 64));
        });
        PreparedPicture whole = dataset.classPictures().get(0);
        assertThat(whole.caption()).isEqualTo("a photo of a woman, full body");
        assertThat(dataset.instances().get(1).source())
                .isEqualTo(whole.source())
                .isNotNull();
        assertThat(dataset.instances().get(0).source()).isNull();
        assertThat(dataset.plan().warnings())
                .anyMatch(warning -> warning.startsWith("not set against their whole pictures")
                        && warning.contains("01.png, 03.png"));
        assertThat(dataset.plan().choice())
                .startsWith("instances=heads with prior.mode=WHOLE_PICTURES: ")
                .contains("46/48");
        assertThat(shown().pairs()).isEqualTo(dataset.pairs());
        assertThat(shown().pictures())
                .extracting(one -> one.fate().place().fileName())
                .containsExactly("01.png, head", "02.png, head", "03.png, head", "02.png, whole");
    }

    @Test
    void theHeadOfTheWholeIsTakenOutOfTheLossWhereThatIsAsked() throws IOException {
        PreparedDataset dataset =
                prepared(recipe.with("prior.mode", "whole-pictures").with("prior.headMasked", "true"), moss(2));

        HeadPair pair = dataset.pairs().get(0);
        BufferedImage mask = picture(dataset.classPictures().get(0).mask());
        assertThat(mask.getRGB(
                                pair.headInWhole().x() + pair.headInWhole().width() / 2,
                                pair.headInWhole().y() + 4)
                        & 255)
                .isZero();
        assertThat(mask.getRGB(1, 63) & 255).isEqualTo(255);
        assertThat(dataset.instances())
                .allSatisfy(head -> assertThat(head.mask()).isNull());
    }

    @Test
    void aTransplantHasTheSubjectsHeadWhereTheBodysWasAndNothingElse() throws IOException {
        Recipe transplant = recipe.with("prior.mode", "transplant").with("prior.consent", "true");
        DatasetOf set =
                moss(2).file("class-pictures/body.png", body(), 192, 192, null).regions(List.of(BODY_HEAD));

        PreparedDataset dataset = prepared(transplant, set);

        assertThat(dataset.pairs()).hasSize(2).extracting(HeadPair::body).containsOnly("class-pictures/body.png");
        BufferedImage made = picture(dataset.classPictures().get(1).picture());
        BufferedImage before = ImageIO.read(new ByteArrayInputStream(body()));
        assertThat(dataset.classPictures().get(1).caption()).startsWith("a photo of a woman");
        // a corner stays, the middle of the head does not
        assertThat(difference(made.getRGB(2, 60), before.getRGB(6, 180))).isLessThan(20);
        assertThat(difference(made.getRGB(32, 16), before.getRGB(96, 48))).isGreaterThan(60);
    }

    @Test
    void ownPicturesOfTheClassTakeThePlaceOfRenderedOnes() throws IOException {
        DatasetOf set = moss(2).file("class-pictures/a.png", body(), 192, 192, "a photo of a sks woman at sea")
                .file("class-pictures/b.png", DatasetOf.png(96, 96), 96, 96, null);

        PreparedDataset dataset = prepared(recipe, set);

        assertThat(dataset.classPictures())
                .extracting(PreparedPicture::caption)
                .containsExactly("a photo of a woman at sea", "a photo of a woman");
        assertThat(dataset.instances()).hasSize(2);
        assertThat(dataset.plan().warnings())
                .contains(
                        "'sks' is taken out of the captions of class-pictures/a.png, which are of the class and not of the subject");
    }

    @Test
    void aRegionIsTheMaskOfThingsAndOfWhatIsAskedFor() throws IOException {
        Recipe thing = recipe.with("subject.kind", "object").with("prior.mode", "base-prediction");
        DatasetOf set = new DatasetOf(store, run, thing)
                .file("a.png", DatasetOf.png(128, 128), 128, 128, null)
                .regions(List.of(new Region(Region.Kind.SUBJECT, 0.25, 0.25, 0.5, 0.5)));

        BufferedImage mask = picture(prepared(thing, set).instances().get(0).mask());

        assertThat(mask.getRGB(32, 32) & 255).isEqualTo(255);
        assertThat(mask.getRGB(8, 32) & 255).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "prior.mode=off; BAD_RECIPE; set plainFineTuning=true where that is wanted",
                "prior.mode=transplant; BAD_RECIPE; set prior.consent=true if",
                "prior.mode=transplant,prior.consent=true; BAD_RECIPE; none came with the run",
                "prior.mode=whole-pictures,instances=wholes; BAD_RECIPE; set instances=heads",
                "prior.mode=whole-pictures,instances=heads-and-wholes; BAD_RECIPE; set instances=heads",
                "prior.headMasked=true; BAD_RECIPE; prior.headMasked takes the head out of whole pictures",
                "prior.blankPrompt=true; BAD_RECIPE; prior.blankPrompt is for the base's own prediction",
                "instances=heads,subject.kind=clothing; BAD_RECIPE; wants heads and subject.kind is CLOTHING",
                "instances=heads,mask=person; BAD_RECIPE; mask=PERSON is for whole pictures",
                "mask=region; BAD_RECIPE; no picture came with a region",
                "mask=person; BAD_RECIPE; a person was seen in none of the pictures",
            })
    void whatMakesNoSenseTogetherEndsTheRunWithASentence(String changes, FailureReason reason, String sentence)
            throws IOException {
        Recipe changed = changed(changes);

        assertThat(from(changed, moss(2, changed))).isInstanceOfSatisfying(Preparation.Impossible.class, impossible -> {
            assertThat(impossible.reason()).isEqualTo(reason);
            assertThat(impossible.evidence()).contains(sentence);
        });
    }

    @Test
    void plainFineTuningIsDoneWhereItIsAskedFor() throws IOException {
        Recipe plain = recipe.with("prior.mode", "off").with("plainFineTuning", "true");

        assertThat(prepared(plain, moss(2)).classPictures()).isEmpty();
        assertThat(recipe.with("prior.mode", "off")
                        .with("network.textEncoder", "false")
                        .contradiction())
                .isEmpty();
    }

    @Test
    void otherPeoplesPicturesAreNoWholePicturesOfTheSubject() throws IOException {
        Recipe wholes = recipe.with("prior.mode", "whole-pictures");
        DatasetOf set = moss(2, wholes).file("class-pictures/body.png", body(), 192, 192, null);

        assertThat(((Preparation.Impossible) from(wholes, set)).evidence())
                .contains("in another person's picture nothing says where the subject's head belongs")
                .contains("prior.mode=TRANSPLANT");
    }

    @Test
    void picturesWithoutAHeadOrWithATooSmallOneAreNamed() throws IOException {
        Recipe heads = recipe.with("instances", "heads").with("prior.mode", "base-prediction");
        Recipe large = heads.with("training.area", "128x128");

        assertThat(((Preparation.Impossible)
                                from(heads, new DatasetOf(store, run, heads).picture("a.png", 64, 64, null)))
                        .evidence())
                .isEqualTo(
                        "no head is cut out of a.png: no face was found in it; point the head out (a file of its name with the ending .regions), or leave the picture out");
        assertThat(prepared(large, moss(3, large)).plan().warnings())
                .anyMatch(warning ->
                        warning.startsWith("no head is cut out of 02.png: with its surroundings it is 102 pixels"));
    }

    @Test
    void closeUpsAloneTeachNoPlace() throws IOException {
        Recipe wholes = recipe.with("prior.mode", "whole-pictures");
        DatasetOf set = new DatasetOf(store, run, wholes)
                .file("03.png", example(3), 200, 240, null)
                .regions(regions(3));

        assertThat(((Preparation.Impossible) from(wholes, set)).evidence())
                .startsWith("no head can be set against its picture");
    }

    @Test
    void whatIsSaidOfAChoiceIsWhatWasMeasured() throws IOException {
        String measured = Files.readString(Path.of("../docs/quality.md"));
        for (String changes : List.of(
                "instances=wholes",
                "prior.mode=base-prediction",
                "prior.mode=off",
                "instances=heads",
                "prior.mode=whole-pictures",
                "prior.mode=whole-pictures,prior.headMasked=true",
                "prior.mode=transplant",
                "instances=heads,prior.mode=off",
                "instances=heads-and-wholes")) {
            String sentence = InstanceChoice.sentence(changed(changes));
            for (String word : sentence.split("[ ,;:.]+")) {
                if (word.matches("\\d+/48")) {
                    assertThat(measured).as(sentence).contains(word + " (");
                }
            }
        }
    }

    private static final Region BODY_HEAD = new Region(Region.Kind.HEAD, 0.35, 0.1, 0.3, 0.3);

    /** Somebody drawn: blue, with a red head. */
    private static byte[] body() {
        BufferedImage image = new BufferedImage(192, 192, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(30, 40, 160));
        pen.fillRect(0, 0, 192, 192);
        pen.setColor(new Color(240, 90, 50));
        pen.fillOval(67, 19, 58, 58);
        pen.dispose();
        return Pixels.png(image);
    }

    private static int difference(int rgb, int other) {
        int sum = 0;
        for (int bits = 0; bits <= 16; bits += 8) {
            sum += Math.abs((rgb >> bits & 255) - (other >> bits & 255));
        }
        return sum;
    }

    private Recipe changed(String changes) {
        Recipe changed = recipe;
        for (String change : changes.split(",")) {
            changed = changed.with(change.split("=")[0], change.split("=")[1]);
        }
        return changed;
    }

    private static BufferedImage picture(@Nullable ObjectRef object) throws IOException {
        assertThat(object).isNotNull();
        return ImageIO.read(new ByteArrayInputStream(store.read(object)));
    }

    private RunPreparation shown() {
        return new ShowPreparation(store, READER).of(run).orElseThrow();
    }

    private PreparedDataset prepared(Recipe wanted, DatasetOf set) {
        Preparation preparation = from(wanted, set);
        assertThat(preparation).isInstanceOf(Preparation.Ready.class);
        DatasetPrepared event = ((Preparation.Ready) preparation).event();
        return Json.read(store.read(event.prepared()), PreparedDataset.class);
    }

    private Preparation from(Recipe wanted, DatasetOf set) {
        return new PrepareDataset(
                        store,
                        READER,
                        People.none(),
                        BaseModels.of("../tiny-base/models"),
                        MemoryClass.CPU,
                        List::of,
                        any -> false,
                        news -> {},
                        Clock.systemUTC())
                .from(set.with(wanted).accepted());
    }

    private DatasetOf moss(int count) throws IOException {
        return moss(count, recipe);
    }

    private DatasetOf moss(int count, Recipe wanted) throws IOException {
        DatasetOf set = new DatasetOf(store, run, wanted);
        for (int i = 1; i <= count; i++) {
            byte[] file = example(i);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            String caption = Files.readString(EXAMPLES.resolve("moss/%02d.txt".formatted(i)))
                    .strip();
            set.file("%02d.png".formatted(i), file, image.getWidth(), image.getHeight(), caption)
                    .regions(regions(i));
        }
        return set;
    }

    private static byte[] example(int number) throws IOException {
        return Files.readAllBytes(EXAMPLES.resolve("moss/%02d.png".formatted(number)));
    }

    private static List<Region> regions(int number) throws IOException {
        return Region.parse(Files.readString(EXAMPLES.resolve("moss/%02d.regions".formatted(number))));
    }
}
