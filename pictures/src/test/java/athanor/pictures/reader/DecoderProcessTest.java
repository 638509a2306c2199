package athanor.pictures.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.decoder.MisbehavingDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens in a decoder costs the file one verdict and the others nothing. */
class DecoderProcessTest {

    private static final PictureReader READER = new PictureReader(
            PictureLimits.standard(),
            2,
            DecoderCommand.of(MisbehavingDecoder.class, List.of()),
            new TimeBudget(500, 0, 0, 0),
            new TimeBudget(3000, 0, 0, 0));

    @AfterAll
    static void endTheDecoders() {
        READER.close();
    }

    @TempDir
    Path folder;

    private static Verdict read(String order) {
        return READER.read(order.getBytes(UTF_8), Wanted.noPixels());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loop | takes more than the 3 seconds of computing that a file of its size gets",
                "memory | needs more memory than any picture of its size should",
                "native memory | needs more memory than any picture of its size should",
                "stack | brings the decoder down",
                "crash | brings the decoder down"
            })
    void aFileThatEndsItsDecoderGetsAVerdictWithWhatIsKnown(String order, String why) {
        assertThat(read(order))
                .isEqualTo(new Verdict.Rejected(
                        Verdict.Refusal.UNREADABLE,
                        "the PNG of 300 x 200 pixels cannot be decoded here, because it %s; export the picture again as JPEG or PNG"
                                .formatted(why)));
        assertThat(read("next")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whatADecoderPrintsIsNoAnswer() {
        assertThat(read("print")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void manyFilesWaitForFewDecodersAndNoneIsLost() throws InterruptedException {
        long before = ProcessHandle.current().children().count();
        List<CompletableFuture<Verdict>> verdicts = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> read(i % 8 == 0 ? "crash" : "picture " + i)))
                .toList();

        assertThat(verdicts.stream().map(CompletableFuture::join).filter(Verdict.Accepted.class::isInstance))
                .hasSize(35);
        // Those that were ended are still there for a moment.
        for (int looks = 0; looks < 100 && ProcessHandle.current().children().count() > before + 2; looks++) {
            Thread.sleep(50);
        }
        assertThat(ProcessHandle.current().children().count()).isLessThanOrEqualTo(before + 2);
    }

    @Test
    void thereAreNoMoreDecodersThanCoresOrMemoryAllow() {
        assertThat(PictureReader.decoders(16, 20L << 30)).isEqualTo(4);
        assertThat(PictureReader.decoders(3, 20L << 30)).isEqualTo(3);
        assertThat(PictureReader.decoders(16, (3L << 30) * 3 / 4)).as("in 3 GB").isEqualTo(2);
        assertThat(PictureReader.decoders(1, 1L << 30)).isEqualTo(2);
    }

    @Test
    void aFileThatTakesLongerThanUsualIsReadAllTheSame() {
        assertThat(read("take a second")).isInstanceOf(Verdict.Accepted.class);
    }

    /** Each of these takes 10 seconds to be given up, all of them came before, and the threads are fewer than they. */
    @Test
    void whileManySlowFilesAreReadAnOrdinaryOneWaitsForTheirFirstShortTimeOnly() throws IOException {
        ForkJoinPool threads = new ForkJoinPool(
                2,
                ForkJoinPool.defaultForkJoinWorkerThreadFactory,
                null,
                true,
                2,
                100,
                2,
                full -> true,
                10,
                TimeUnit.SECONDS);
        Path loop = file("loop");
        Path picture = file("picture");
        try (PictureReader reader = new PictureReader(
                PictureLimits.standard(),
                2,
                DecoderCommand.of(MisbehavingDecoder.class, List.of()),
                new TimeBudget(200, 0, 0, 0),
                new TimeBudget(10_000, 0, 0, 0))) {
            List<CompletableFuture<Verdict>> slow = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                slow.add(CompletableFuture.supplyAsync(() -> read(reader, loop), threads));
            }

            assertThat(CompletableFuture.supplyAsync(() -> read(reader, picture), threads)
                            .join())
                    .isInstanceOf(Verdict.Accepted.class);
            assertThat(slow).noneMatch(CompletableFuture::isDone);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Verdict read(PictureReader reader, Path file) {
        try {
            return reader.read(file, Wanted.noPixels());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String order) throws IOException {
        return Files.writeString(folder.resolve(order), order);
    }

    @Test
    void aFileThatIsBeingReadWhenTheServiceStopsGetsNoVerdict() throws IOException, InterruptedException {
        PictureReader reader = new PictureReader(
                PictureLimits.standard(),
                1,
                DecoderCommand.of(MisbehavingDecoder.class, List.of()),
                new TimeBudget(60_000, 0, 0, 0),
                TimeBudget.most());
        CompletableFuture<Verdict> read = reader.begin(file("loop"), Wanted.noPixels());
        CompletableFuture<Verdict> waiting = reader.begin(file("picture"), Wanted.noPixels());
        Thread.sleep(300);
        reader.close();

        assertThatThrownBy(read::join).hasMessageContaining("this service is stopping; send the picture again");
        assertThatThrownBy(waiting::join).hasMessageContaining("this service is stopping; send the picture again");
    }

    @Test
    void aDecoderThatDoesNotStartIsNoFaultOfThePicture() {
        try (PictureReader reader = new PictureReader(
                PictureLimits.standard(),
                1,
                new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-version"),
                TimeBudget.usual(),
                TimeBudget.most())) {
            assertThatThrownBy(() -> reader.read(new byte[] {1}, Wanted.noPixels()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not start")
                    .hasMessageContaining("-version");
        }
    }
}
