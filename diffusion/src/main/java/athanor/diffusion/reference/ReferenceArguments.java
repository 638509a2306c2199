package athanor.diffusion.reference;

import athanor.diffusion.program.ComputeType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What stands behind {@code athanor reference} on the command line.
 *
 * @param base a diffusers folder or a single-file checkpoint
 * @param device {@code cpu} or {@code cuda}
 */
record ReferenceArguments(Path base, Path inputs, Path outputs, String device, ComputeType dtype) {

    static final String USAGE = """
            usage: athanor reference --base PATH --inputs IN.safetensors --outputs OUT.safetensors
                                     [--device cpu|cuda] [--dtype float32|bfloat16|float16]

            Computes with a base what the tensors in IN ask for, so that two implementations can be compared.
            PATH is a diffusers folder or a single-file .safetensors checkpoint.
            """;

    private static final Set<String> OPTIONS = Set.of("--base", "--inputs", "--outputs", "--device", "--dtype");
    private static final Set<String> DEVICES = Set.of("cpu", "cuda");

    static ReferenceArguments of(List<String> arguments) throws ReferenceException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            String option = parts[0];
            if (!OPTIONS.contains(option)) {
                throw new ReferenceException("unknown option '%s'; try --help".formatted(option));
            }
            if (parts.length == 1 && i + 1 == arguments.size()) {
                throw new ReferenceException("%s wants a value".formatted(option));
            }
            if (given.put(option, parts.length == 2 ? parts[1] : arguments.get(++i)) != null) {
                throw new ReferenceException("%s is given twice".formatted(option));
            }
        }
        return new ReferenceArguments(
                path(given, "--base"),
                path(given, "--inputs"),
                path(given, "--outputs"),
                device(given.getOrDefault("--device", "cpu")),
                type(given.getOrDefault("--dtype", "float32")));
    }

    private static Path path(Map<String, String> given, String option) throws ReferenceException {
        String value = given.get(option);
        if (value == null || value.isBlank()) {
            throw new ReferenceException("%s is missing; try --help".formatted(option));
        }
        return Path.of(value);
    }

    private static String device(String name) throws ReferenceException {
        if (!DEVICES.contains(name)) {
            throw new ReferenceException("--device is '%s', wanted cpu or cuda".formatted(name));
        }
        return name;
    }

    private static ComputeType type(String name) throws ReferenceException {
        for (ComputeType type : ComputeType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw new ReferenceException("--dtype is '%s', wanted float32, bfloat16 or float16".formatted(name));
    }
}
