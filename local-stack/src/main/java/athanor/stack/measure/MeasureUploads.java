package athanor.stack.measure;

import athanor.contracts.recipe.Recipe;
import athanor.stack.client.RunsClient;
import athanor.stack.infra.StackProblem;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Uploads photographs of 24 megapixels by REST, some at a time, and prints a line for each tenth of them. */
public final class MeasureUploads {

    private static final int PARTS = 10;

    private final RunsClient runs;
    private final ProcessHandle launcher;
    private final Consumer<String> lines;

    /** @param launcher whose children the services are */
    public MeasureUploads(String ingest, ProcessHandle launcher, Consumer<String> lines) {
        this.runs = new RunsClient(ingest);
        this.launcher = launcher;
        this.lines = lines;
    }

    /** @param atOnce uploads that are under way together */
    public void of(int pictures, int atOnce) {
        LargePhotographs photographs = new LargePhotographs();
        String run = runs.create("bench-uploads", Recipe.defaults("tiny", "person"))
                .runId()
                .value();
        lines.accept("%d JPEG files of %d x %d, about %.1f MB each, %d at a time"
                .formatted(
                        pictures,
                        LargePhotographs.WIDTH,
                        LargePhotographs.HEIGHT,
                        photographs.file(0).length / 1e6,
                        atOnce));
        ExecutorService senders = Executors.newFixedThreadPool(atOnce);
        try (ServiceMemory memory = new ServiceMemory(launcher)) {
            upload(run, pictures, photographs, senders, memory);
        } finally {
            senders.shutdownNow();
            runs.erase(run);
        }
    }

    private void upload(
            String run, int pictures, LargePhotographs photographs, ExecutorService senders, ServiceMemory memory) {
        ExecutorCompletionService<Optional<String>> sent = new ExecutorCompletionService<>(senders);
        for (int i = 0; i < pictures; i++) {
            int number = i;
            sent.submit(() -> runs.upload(run, number + ".jpg", photographs.file(number)));
        }
        lines.accept("pictures  a second  CPU s each  service MB  decoders MB  together MB");
        memory.mostSinceThen();
        long begin = System.nanoTime();
        long partBegin = begin;
        Duration computed = memory.computed();
        int partFirst = 0;
        for (int done = 1; done <= pictures; done++) {
            refuseRefusal(sent);
            if (done * PARTS / pictures > (done - 1) * PARTS / pictures) {
                long now = System.nanoTime();
                Duration computedNow = memory.computed();
                int part = done - partFirst;
                ServiceMemory.Most most = memory.mostSinceThen();
                lines.accept(String.format(
                        Locale.ROOT,
                        "%8d  %8.2f  %10.2f  %10d  %11d  %11d",
                        done,
                        part / ((now - partBegin) / 1e9),
                        computedNow.minus(computed).toMillis() / 1e3 / part,
                        most.service(),
                        most.decoders(),
                        most.together()));
                partBegin = now;
                partFirst = done;
                computed = computedNow;
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        lines.accept(String.format(Locale.ROOT, "all of them in %.1f s, %.2f a second", seconds, pictures / seconds));
    }

    private static void refuseRefusal(ExecutorCompletionService<Optional<String>> sent) {
        try {
            sent.take().get().ifPresent(refusal -> {
                throw new StackProblem("a picture that is good was refused: %s".formatted(refusal));
            });
        } catch (ExecutionException e) {
            throw new StackProblem("an upload failed: %s".formatted(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackProblem("interrupted", e);
        }
    }
}
