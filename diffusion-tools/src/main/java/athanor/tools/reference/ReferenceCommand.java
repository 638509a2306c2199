package athanor.tools.reference;

import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.tools.commandline.ComputeArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code athanor reference}: computes with a base what the tensors of a file ask for, so that anyone can hold this library
 * against another implementation.
 *
 * <p>Everything is read and checked before anything is computed, and the output appears whole or not at all.
 */
@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description =
                "Computes with a base what the tensors in IN ask for, so that two implementations can be compared.")
public final class ReferenceCommand implements Callable<Integer> {

    @Option(
            names = "--base",
            paramLabel = "PATH",
            required = true,
            description = "a diffusers folder or a single-file .safetensors checkpoint")
    private Path base = Path.of("");

    @Option(names = "--inputs", paramLabel = "IN.safetensors", required = true, description = "what to compute")
    private Path inputs = Path.of("");

    @Option(names = "--outputs", paramLabel = "OUT.safetensors", required = true, description = "what came out")
    private Path outputs = Path.of("");

    @Mixin
    private ComputeArguments compute = new ComputeArguments();

    @Override
    public Integer call() throws ReferenceException, IOException {
        try {
            compute();
            return 0;
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e);
        } catch (OutOfMemoryException e) {
            if (e.getCause() instanceof OutOfMemoryError ofJava) {
                throw outOfMemory(ofJava);
            }
            throw e;
        }
    }

    static ReferenceException outOfMemory(OutOfMemoryError e) {
        return new ReferenceException(
                "the comparison needs more memory than Java was given: %s; give it more (JAVA_TOOL_OPTIONS=-Xmx16g) or compare smaller tensors"
                        .formatted(e.getMessage()),
                e);
    }

    private void compute() throws ReferenceException, IOException {
        mustBeWritable(outputs);
        try (InputTensors asked = InputTensors.open(inputs);
                LoadedBase loaded = new LoadedBase(BaseModel.open(base), compute.options())) {
            List<Group> groups = groups(asked, loaded.base());
            OutputTensors answers = new OutputTensors();
            for (Group group : groups) {
                group.compute(loaded, answers);
            }
            answers.write(outputs);
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
}
