package athanor.diffusion.reference;

import ai.djl.Device;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.runtime.Card;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code athanor reference}: computes with a base what the tensors of a file ask for, so that anyone can hold this library
 * against another implementation.
 *
 * <p>Everything is read and checked before anything is computed, and the output appears whole or not at all.
 */
public final class ReferenceCommand {

    private ReferenceCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    /** @return exit code: 0, or 1 after one line on the error stream */
    static int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.print(ReferenceArguments.USAGE);
            return 0;
        }
        try {
            compute(ReferenceArguments.of(arguments));
            return 0;
        } catch (ReferenceException | IOException | RuntimeException | OutOfMemoryError e) {
            System.err.println("athanor reference: " + oneLine(e));
            return 1;
        }
    }

    private static void compute(ReferenceArguments arguments) throws ReferenceException, IOException {
        mustBeWritable(arguments.outputs());
        try (InputTensors inputs = InputTensors.open(arguments.inputs());
                LoadedBase base = new LoadedBase(BaseModel.open(arguments.base()), options(arguments))) {
            List<Group> groups = groups(inputs, base.base());
            OutputTensors outputs = new OutputTensors();
            for (Group group : groups) {
                group.compute(base, outputs);
            }
            outputs.write(arguments.outputs());
        }
    }

    /** Known before an hour is computed for nothing. */
    private static void mustBeWritable(Path outputs) throws ReferenceException {
        Path folder = outputs.toAbsolutePath().getParent();
        if (folder == null || Files.exists(outputs) && !Files.isRegularFile(outputs)) {
            throw new ReferenceException("--outputs is %s, which is no regular file; name a file".formatted(outputs));
        }
        if (!Files.isDirectory(folder)) {
            throw new ReferenceException(
                    "--outputs is %s, but there is no folder %s; make it first".formatted(outputs, folder));
        }
    }

    private static List<Group> groups(InputTensors inputs, BaseModel base)
            throws ReferenceException, SafetensorsException {
        List<TextEncoderConfig> encoders = base.textEncoderConfigs();
        @Nullable Integer pooled = encoders.size() == 2 ? encoders.get(1).projectionDim() : null;
        List<Group> groups = Stream.of(
                        TokensGroup.read(inputs),
                        TextGroup.read(inputs, encoders),
                        VaeGroup.read(inputs, base.vaeConfig()),
                        UNetGroup.read(inputs, base.unetConfig(), pooled),
                        SamplerGroup.read(inputs, base),
                        TrainGroup.read(inputs, base))
                .filter(Objects::nonNull)
                .map(Group.class::cast)
                .toList();
        inputs.mustBeReadWhole(encoders.size() == 2);
        if (groups.isEmpty()) {
            throw new ReferenceException("the inputs ask for nothing: no known tensor, no metadata \"prompts\"");
        }
        return groups;
    }

    private static ComputeOptions options(ReferenceArguments arguments) throws ReferenceException {
        if (arguments.device().equals("cpu")) {
            ComputeOptions options = new ComputeOptions(Device.cpu(), arguments.dtype());
            if (options.isImitated()) {
                System.err.println("athanor reference: " + ComputeOptions.IMITATED);
            }
            return options;
        }
        Card card = Card.first()
                .orElseThrow(() -> new ReferenceException(
                        "--device is cuda, but libtorch finds no CUDA card here; use --device cpu"));
        return new ComputeOptions(card.device(), arguments.dtype());
    }

    /** The first line, and of libtorch's long messages the one that says what went wrong. */
    static String oneLine(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return "the comparison needs more memory than Java was given: %s; give it more (JAVA_TOOL_OPTIONS=-Xmx16g) or compare smaller tensors"
                    .formatted(e.getMessage());
        }
        String message = e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().strip();
        String first = message.lines().findFirst().orElse(message);
        return message.lines()
                .filter(line -> line.startsWith("RuntimeError"))
                .findFirst()
                .map(cause -> first + " " + cause)
                .orElse(first);
    }
}
