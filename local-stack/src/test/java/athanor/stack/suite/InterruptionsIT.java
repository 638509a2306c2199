package athanor.stack.suite;

import static athanor.stack.suite.StackUnderTest.QUICK;
import static athanor.stack.suite.StackUnderTest.RUN;
import static athanor.stack.suite.StackUnderTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopped by Ctrl-C or killed, the launcher leaves nothing behind, and the same folder serves the next start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterruptionsIT {

    /** Static, because the tests share one store. */
    @TempDir
    static Path folder;

    private StackUnderTest stack;

    @BeforeAll
    void findFreePorts() {
        stack = StackUnderTest.in(folder);
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {"is ready", "Preparing ", "Training "})
    void ctrlCAtAnyMomentLeavesNothing(String moment) throws Exception {
        try (Launched demo = Launched.asAJob(folder, stack.with("demo", "--out", "interrupted"))) {
            demo.awaitOutput(moment, START);
            List<ProcessHandle> processes = demo.children();

            demo.interrupt(folder);

            demo.exitCode(QUICK);
            assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            assertThat(demo.output()).doesNotContain("athanor: ").doesNotContain("\tat ");
            stack.assertPortsAreFree();
        }
    }

    @Test
    @Order(2)
    void aKilledLauncherTakesItsServicesWithIt() throws Exception {
        try (Launched up = stack.launch("up")) {
            up.awaitOutput("Ctrl-C stops it", START);
            List<ProcessHandle> services = up.children();

            up.kill();

            for (ProcessHandle service : services) {
                service.onExit().get(QUICK.toSeconds(), TimeUnit.SECONDS);
            }
            stack.assertPortsAreFree();
        }
    }

    @Test
    @Order(3)
    void whateverWasInterruptedTheNextDemoWorks() throws Exception {
        try (Launched demo = stack.launch("demo", "--out", "after")) {
            assertThat(demo.exitCode(START.plus(RUN))).as(demo.output()).isZero();
        }
    }
}
