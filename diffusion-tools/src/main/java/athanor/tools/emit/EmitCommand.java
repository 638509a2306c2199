package athanor.tools.emit;

import ai.djl.Device;
import athanor.diffusion.json.JsonText;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.LatentCodec;
import athanor.diffusion.training.LoraProgram;
import athanor.diffusion.training.LossKind;
import athanor.diffusion.training.Targets;
import athanor.diffusion.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code athanor emit}: the training program of a base as a file that {@code torch.jit.load} reads, so that
 * {@code bench_program.py} can count and time it on a machine that has PyTorch but no Java, or on no device at all.
 */
@Command(
        name = "emit",
        mixinStandardHelpOptions = true,
        description =
                "Writes FOLDER/training.pt, a DreamBooth step with a LoRA, FOLDER/autoencoder.pt, and beside each a .json with the weights that its method add_weight wants, in order.")
public final class EmitCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BASE", description = "a diffusers folder or a .safetensors checkpoint")
    private Path base = Path.of("");

    @Parameters(index = "1", paramLabel = "FOLDER", description = "made where there is none")
    private Path folder = Path.of("");

    @Parameters(
            index = "2",
            paramLabel = "DEVICE",
            arity = "0..1",
            defaultValue = "cpu",
            converter = DeviceName.class,
            description = "as PyTorch writes it: cpu, cuda:0, meta (${DEFAULT-VALUE})")
    private Device device = Device.cpu();

    @Parameters(
            index = "3",
            paramLabel = "TYPE",
            arity = "0..1",
            defaultValue = "float32",
            description = "float32, bfloat16 or float16 (${DEFAULT-VALUE})")
    private ComputeType type = ComputeType.FLOAT32;

    @Parameters(
            index = "4",
            paramLabel = "RANK",
            arity = "0..1",
            defaultValue = "16",
            converter = Rank.class,
            description = "of the LoRA (${DEFAULT-VALUE})")
    private int rank;

    @Option(
            names = "--recompute",
            description = "the insides of the networks are computed again on the way back instead of being kept")
    private boolean recompute;

    @Option(names = "--train-text", description = "the LoRA adapts the text encoders too")
    private boolean trainText;

    @Option(
            names = "--targets",
            paramLabel = "NAME",
            defaultValue = "ATTENTION_AND_FEED_FORWARD",
            description = "layers that the LoRA adapts: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private Targets targets = Targets.ATTENTION_AND_FEED_FORWARD;

    private static final class DeviceName implements ITypeConverter<Device> {

        @Override
        public Device convert(String name) {
            if (name.matches("cuda(:\\d{1,2})?")) {
                return Device.gpu(name.equals("cuda") ? 0 : Integer.parseInt(name.substring("cuda:".length())));
            }
            if (name.equals("cpu") || name.equals("meta")) {
                return Device.of(name, -1);
            }
            throw new TypeConversionException("wanted cpu, cuda:0 or another card, or meta");
        }
    }

    private static final class Rank implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!text.matches("[1-9]\\d{0,3}")) {
                throw new TypeConversionException("wanted a whole number from 1 to 9999");
            }
            return Integer.valueOf(text);
        }
    }

    @Override
    public Integer call() throws IOException {
        LoraPlan lora = new LoraPlan(targets.predicate(trainText), rank, 1);
        TrainingPlan plan = new TrainingPlan(lora, trainText, LossKind.MEAN_SQUARED, false);
        try (BaseModel model = BaseModel.open(base)) {
            ComputeOptions options = new ComputeOptions(device, type, recompute);
            Files.createDirectories(folder);
            write(folder, "training", LoraProgram.emitted(model, plan, options));
            write(folder, "autoencoder", LatentCodec.emitted(model.vaeConfig(), options));
        }
        return 0;
    }

    private static void write(Path folder, String name, EmittedProgram program) throws IOException {
        Files.write(folder.resolve(name + ".pt"), TorchProgram.archive(program.text()));
        Files.writeString(folder.resolve(name + ".json"), contents(program));
    }

    private static String contents(EmittedProgram program) {
        ParameterTable table = program.weights();
        String weights = table.names().stream()
                .map(name -> "%s: %s".formatted(JsonText.quote(name), Arrays.toString(table.shape(name))))
                .collect(Collectors.joining(",\n    "));
        return "{\n  \"parameters\": %d,\n  \"weights\": {\n    %s\n  }\n}\n"
                .formatted(program.loras().totalElements(), weights);
    }
}
