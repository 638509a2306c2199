package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TorchExitTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** Stops a process that multiplies matrices without end: 128 + 15 is the signal's own exit status, 134 a crash. */
    @Test
    void aProcessThatIsStoppedInsideLibtorchEndsWithoutACrash() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+SuppressFatalErrorMessage",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Multiplying.class.getName())
                .directory(folder.toFile())
                .redirectError(new File(folder.toFile(), "errors.txt"))
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("multiplying");
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Keeps a thread inside libtorch. */
    static final class Multiplying {

        public static void main(String... arguments) {
            String method = """
                      def powers(self: __torch__.Program, x: Tensor) -> Tensor:
                        y = x
                        for i in range(20):
                          y = torch.tanh(torch.linear(y, x, None))
                        return y
                    """;
            try (TorchProgram program = TorchProgram.load(method, Device.cpu())) {
                boolean told = false;
                while (true) {
                    try (NDManager scope = program.manager().newSubManager()) {
                        NDArray x = scope.ones(new Shape(700, 700)).mul(1e-3f);
                        program.call(scope, "powers", x);
                        if (!told) {
                            System.out.println("multiplying");
                            told = true;
                        }
                    }
                }
            }
        }
    }

    @Test
    void waitsForTheCallThatRuns() throws InterruptedException {
        TorchExit exit = new TorchExit();
        exit.enter();
        CountDownLatch closed = new CountDownLatch(1);
        Thread closing = new Thread(() -> {
            exit.close(Duration.ZERO, LONG);
            closed.countDown();
        });
        closing.start();
        assertThat(closed.await(50, TimeUnit.MILLISECONDS)).isFalse();
        exit.leave();
        closed.await();
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void givesUpWaitingForACallThatNeverEnds() {
        TorchExit exit = new TorchExit();
        exit.enter();
        assertThat(exit.close(Duration.ZERO, Duration.ofMillis(20))).isFalse();
    }

    @Test
    void letsNoCallBeginAfterwards() throws InterruptedException {
        TorchExit exit = new TorchExit();
        assertThat(exit.close(Duration.ZERO, LONG)).isTrue();
        CountDownLatch entered = new CountDownLatch(1);
        Thread late = new Thread(() -> {
            exit.enter();
            entered.countDown();
        });
        late.setDaemon(true);
        late.start();
        assertThat(entered.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void letsAServiceFinishWhatItComputes() throws InterruptedException {
        TorchExit exit = new TorchExit();
        exit.enter();
        CountDownLatch closed = new CountDownLatch(1);
        new Thread(() -> {
                    exit.close(LONG, LONG);
                    closed.countDown();
                })
                .start();
        assertThat(closed.await(20, TimeUnit.MILLISECONDS)).isFalse();
        exit.leave();
        exit.enter(); // the next call of the same step
        exit.leave();
        closed.await();
        assertThat(closed.getCount()).isZero();
    }
}
