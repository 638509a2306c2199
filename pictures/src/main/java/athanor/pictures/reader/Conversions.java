package athanor.pictures.reader;

import athanor.pictures.PictureFormat;
import athanor.pictures.PictureLimits;
import athanor.pictures.Verdict;
import athanor.pictures.heif.HeifTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Pictures that are made into PNG by another program before a decoder reads them, two at a time: each takes seconds and memory. */
final class Conversions implements AutoCloseable {

    private static final int AT_A_TIME = 2;

    private final HeifTool tool;
    private final PictureLimits limits;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        Thread thread = new Thread(task, "heif");
        thread.setDaemon(true);
        return thread;
    });

    Conversions(HeifTool tool, PictureLimits limits) {
        this.tool = tool;
        this.limits = limits;
    }

    /** What is done with the PNG; it stays until the verdict is there. */
    @FunctionalInterface
    interface Reading {
        CompletableFuture<Verdict> of(Path png) throws IOException;
    }

    CompletableFuture<Verdict> read(PictureFormat format, Lane.Source source, Reading reading) {
        try {
            return CompletableFuture.supplyAsync(() -> converted(format, source, reading), threads)
                    .thenCompose(verdict -> verdict);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException(Lane.STOPPING, e);
        }
    }

    private CompletableFuture<Verdict> converted(PictureFormat format, Lane.Source source, Reading reading) {
        try (InputStream file = source.open()) {
            Path png = Files.createTempFile("athanor-heif-", ".png");
            try {
                Optional<Verdict.Rejected> refusal = tool.convert(format, file, limits, png);
                if (refusal.isPresent()) {
                    Files.deleteIfExists(png);
                    return CompletableFuture.completedFuture(refusal.get());
                }
                return reading.of(png)
                        .thenApply(verdict -> as(format, verdict))
                        .whenComplete((verdict, failure) -> delete(png));
            } catch (IOException | RuntimeException e) {
                delete(png);
                throw e;
            }
        } catch (IOException e) {
            throw new CompletionException(
                    new IOException("the uploaded file cannot be converted on this machine's disk", e));
        }
    }

    private static Verdict as(PictureFormat format, Verdict verdict) {
        return verdict instanceof Verdict.Accepted picture
                ? new Verdict.Accepted(
                        format,
                        picture.width(),
                        picture.height(),
                        picture.remarks(),
                        picture.image(),
                        picture.measured())
                : verdict;
    }

    private static void delete(Path png) {
        try {
            Files.deleteIfExists(png);
        } catch (IOException e) {
            System.getLogger(Conversions.class.getName())
                    .log(System.Logger.Level.WARNING, "a converted picture stays in the temporary folder", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
