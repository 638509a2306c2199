package athanor.tools.commandline;

import ai.djl.Device;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.Card;
import athanor.diffusion.runtime.ComputeOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** On what and in which number format a command computes. */
public final class ComputeArguments {

    private enum Processor {
        CPU,
        CUDA
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--device", paramLabel = "cpu|cuda", defaultValue = "cpu", description = "${DEFAULT-VALUE}")
    private Processor device = Processor.CPU;

    @Option(
            names = "--dtype",
            paramLabel = "float32|bfloat16|float16",
            defaultValue = "float32",
            description = "of the networks (${DEFAULT-VALUE})")
    private ComputeType type = ComputeType.FLOAT32;

    /** @throws IllegalStateException where there is no such device */
    public ComputeOptions options() {
        if (device == Processor.CPU) {
            ComputeOptions options = new ComputeOptions(Device.cpu(), type);
            if (options.isImitated()) {
                command.commandLine()
                        .getErr()
                        .println("%s: %s".formatted(command.qualifiedName(), ComputeOptions.IMITATED));
            }
            return options;
        }
        Card card = Card.first()
                .orElseThrow(() -> new IllegalStateException(
                        "--device is cuda, but libtorch finds no CUDA card here; use --device cpu"));
        return new ComputeOptions(card.device(), type);
    }
}
