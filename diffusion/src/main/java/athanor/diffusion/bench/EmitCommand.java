package athanor.diffusion.bench;

import ai.djl.Device;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.json.JsonText;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.training.LoraProgram;
import athanor.diffusion.training.LossKind;
import athanor.diffusion.training.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * {@code athanor emit}: the training program of a base as a file that {@code torch.jit.load} reads, so that
 * {@code bench_program.py} can count and time it on a machine that has PyTorch but no Java, or on no device at all.
 */
public final class EmitCommand {

    private static final String USAGE = """
            usage: athanor emit BASE FOLDER [DEVICE [DTYPE [RANK]]]

            Writes FOLDER/training.pt, a DreamBooth step with a LoRA on attention and feed-forward, and FOLDER/training.json,
            the weights that its method add_weight wants, in order. DEVICE as PyTorch writes it: cpu (default), cuda:0, meta;
            DTYPE is float32 (default), bfloat16 or float16; RANK is 16.
            """;

    private EmitCommand() {}

    public static void main(String... arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            System.out.print(USAGE);
            return;
        }
        if (arguments.length < 2 || arguments.length > 5) {
            System.err.print(USAGE);
            System.exit(1);
        }
        String[] all = withDefaults(arguments, "cpu", "float32", "16");
        try {
            emit(Path.of(all[0]), Path.of(all[1]), device(all[2]), type(all[3]), rank(all[4]));
        } catch (BaseModelException | IllegalArgumentException | IOException e) {
            System.err.println("athanor emit: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String[] withDefaults(String[] arguments, String... defaults) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(defaults).subList(arguments.length - 2, defaults.length));
        return all.toArray(String[]::new);
    }

    private static Device device(String name) {
        if (name.matches("cuda(:\\d{1,2})?")) {
            return Device.gpu(name.equals("cuda") ? 0 : Integer.parseInt(name.substring("cuda:".length())));
        }
        if (name.equals("cpu") || name.equals("meta")) {
            return Device.of(name, -1);
        }
        throw new IllegalArgumentException(
                "the device is '%s', wanted cpu, cuda:0 or another card, or meta".formatted(name));
    }

    private static ComputeType type(String name) {
        try {
            return ComputeType.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "the type is '%s', wanted float32, bfloat16 or float16".formatted(name), unknown);
        }
    }

    private static int rank(String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(
                    "the rank is '%s', wanted a whole number from 1 to 9999".formatted(text));
        }
        return Integer.parseInt(text);
    }

    static void emit(Path base, Path folder, Device device, ComputeType type, int rank) throws IOException {
        LoraPlan lora = new LoraPlan(Targets.ATTENTION_AND_FEED_FORWARD.predicate(false), rank, 1);
        LoraProgram.Plan plan = new LoraProgram.Plan(lora, false, LossKind.MEAN_SQUARED, false);
        try (BaseModel model = BaseModel.open(base)) {
            Emitter emitter = LoraProgram.emitter(model, plan, new ComputeOptions(device, type));
            Files.createDirectories(folder);
            Files.write(folder.resolve("training.pt"), TorchProgram.archive(emitter.program()));
            Files.writeString(folder.resolve("training.json"), contents(emitter));
        }
    }

    private static String contents(Emitter emitter) {
        ParameterTable table = emitter.weights();
        String weights = table.names().stream()
                .map(name -> "%s: %s".formatted(JsonText.quote(name), Arrays.toString(table.shape(name))))
                .collect(Collectors.joining(",\n    "));
        return "{\n  \"parameters\": %d,\n  \"weights\": {\n    %s\n  }\n}\n"
                .formatted(emitter.loras().totalElements(), weights);
    }
}
