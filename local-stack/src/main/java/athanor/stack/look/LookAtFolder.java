package athanor.stack.look;

import athanor.appraisal.Appraisal;
import athanor.appraisal.AppraisePicture;
import athanor.appraisal.Expected;
import athanor.appraisal.Judged;
import athanor.contracts.picture.FindingCode;
import athanor.people.People;
import athanor.pictures.reader.PictureReader;
import athanor.stack.client.Photograph;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Looks at photographs as ingest-service would, in this process. */
public final class LookAtFolder {

    private final Expected expected;
    private final IntConsumer progress;

    /** @param progress told how many are looked at, as they are */
    public LookAtFolder(Expected expected, IntConsumer progress) {
        this.expected = expected;
        this.progress = progress;
    }

    /** @return in the order given */
    public List<Judged> at(List<Photograph> photographs) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (PictureReader reader = PictureReader.standard();
                People people = People.standard()) {
            AppraisePicture appraise = new AppraisePicture(reader, people);
            List<Future<Judged>> looking = photographs.stream()
                    .map(photograph -> threads.submit(() -> judge(appraise, photograph)))
                    .toList();
            List<Judged> judged = new ArrayList<>();
            for (Future<Judged> one : looking) {
                judged.add(one.get());
                progress.accept(judged.size());
            }
            return withoutSecondCopies(judged);
        } catch (ExecutionException e) {
            throw new StackProblem(
                    "the folder cannot be looked at: %s"
                            .formatted(
                                    Objects.requireNonNullElse(e.getCause(), e).getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackProblem("looking at the folder was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Judged judge(AppraisePicture appraise, Photograph photograph) throws IOException {
        Appraisal appraisal = appraise.of(photograph.file(), expected);
        return new Judged(
                photograph.fileName(), sha256(photograph), photograph.caption().orElse(null), appraisal);
    }

    /** A file that lies in the folder twice is refused the second time, as in a run. */
    private static List<Judged> withoutSecondCopies(List<Judged> pictures) {
        Map<String, String> first = new HashMap<>();
        return pictures.stream()
                .map(picture -> {
                    String twin = first.putIfAbsent(String.valueOf(picture.sha256()), picture.fileName());
                    return twin == null
                            ? picture
                            : new Judged(
                                    picture.fileName(),
                                    picture.sha256(),
                                    picture.caption(),
                                    new Appraisal.Refused(
                                            FindingCode.SAME_FILE,
                                            "this is the same file as '%s'; one copy is enough".formatted(twin)));
                })
                .toList();
    }

    private static String sha256(Photograph photograph) throws IOException {
        try (InputStream in = Files.newInputStream(photograph.file())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[1 << 16];
            for (int got = in.read(part); got >= 0; got = in.read(part)) {
                digest.update(part, 0, got);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
