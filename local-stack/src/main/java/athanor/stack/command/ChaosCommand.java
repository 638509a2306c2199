package athanor.stack.command;

import athanor.stack.endurance.EnduranceProgram;
import athanor.stack.endurance.InfraProcess;
import athanor.stack.infra.StackProblem;
import athanor.stack.infra.StoreKeys;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "chaos",
        description =
                "Kills and freezes workers, broker and store and fills the disk, at moments that a seed decides, and looks"
                        + " afterwards whether every run came to its end, once, with the LoRA of the unbroken run.",
        mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--first",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "The first; the same seed means the same accidents (default: ${DEFAULT-VALUE}).")
    private long first;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Each on a broker, store and workers of its own; two for two cores (default: ${DEFAULT-VALUE}).")
    private int atOnce;

    @Override
    public Integer call() throws IOException, InterruptedException {
        atLeastOne("--seeds", seeds);
        atLeastOne("--at-once", atOnce);
        return new EnduranceProgram(StackOptions.home())
                .run(
                        "athanor.endurance.chaos.Chaos",
                        "256m",
                        List.of(
                                Long.toString(first),
                                Integer.toString(seeds),
                                Integer.toString(atOnce),
                                StoreKeys.LOCAL.accessKey(),
                                StoreKeys.LOCAL.secretKey(),
                                EnduranceProgram.java(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                InfraProcess.class.getName()));
    }

    private static void atLeastOne(String option, int given) {
        if (given < 1) {
            throw new StackProblem("%s is %d; wanted 1 at least".formatted(option, given));
        }
    }
}
