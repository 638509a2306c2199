package athanor.diffusion.model;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.BaseParts;
import athanor.diffusion.checkpoint.WeightFiles;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.network.UnknownArchitectureException;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.safetensors.PickledFiles;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.singlefile.SingleFileCheckpoint;
import athanor.diffusion.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A base model on disk: configurations, weights that are read tensor by tensor, tokenizers. Nothing is loaded by
 * opening it. Safe for several threads.
 */
public final class BaseModel implements AutoCloseable {

    private static final String ENDING = ".safetensors";

    private final Path path;
    private final WeightFiles files;
    private final BaseParts parts;
    private final @Nullable ClipTokenizer[] tokenizers;

    /** Null until somebody asks for it. */
    private @Nullable String sha256OfWeights;

    private BaseModel(Path path, WeightFiles files, BaseParts parts) {
        this.path = path;
        this.files = files;
        this.parts = parts;
        this.tokenizers = new ClipTokenizer[parts.tokenizers().size()];
    }

    /**
     * Opens a diffusers folder or a single-file checkpoint with LDM or SGM names.
     *
     * @throws BaseModelException with a sentence when there is no base that this library can run
     */
    public static BaseModel open(Path path) {
        WeightFiles files = new WeightFiles();
        try {
            return new BaseModel(path, files, read(path, files).checked(path.toString()));
        } catch (UnknownArchitectureException e) {
            files.close();
            throw new BaseModelException("%s: %s".formatted(path, e.getMessage()), e);
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            files.close();
            throw new BaseModelException(
                    "%s: found a configuration that makes no sense: %s".formatted(path, e.getMessage()), e);
        } catch (BaseModelException e) {
            files.close();
            throw e;
        }
    }

    private static BaseParts read(Path path, WeightFiles files) {
        if (PickledFiles.isOne(path.toString())) {
            throw WeightFiles.pickled(path);
        }
        if (Files.isDirectory(path)) {
            return new DiffusersFolder(path, files).read();
        }
        if (!Files.exists(path)) {
            throw new BaseModelException(
                    "%s: found nothing there, wanted a diffusers folder or a .safetensors checkpoint".formatted(path));
        }
        return new SingleFileCheckpoint(path, files).read();
    }

    public ModelFamily family() {
        if (parts.unetConfig().textTime() != null) {
            return ModelFamily.SDXL;
        }
        return parts.unetConfig().useLinearProjection() ? ModelFamily.SD2 : ModelFamily.SD1;
    }

    /**
     * Side in pixels of the square pictures that the base was made for. A single file does not say it; the published bases of
     * its family do.
     */
    public int nativeSide() {
        Integer latents = parts.sampleSize();
        if (latents != null) {
            return latents * parts.vaeConfig().factor();
        }
        return switch (family()) {
            case SDXL -> 1024;
            case SD2 -> parts.schedulerConfig().predictionType() == PredictionType.V_PREDICTION ? 768 : 512;
            case SD1 -> 512;
        };
    }

    public UNetConfig unetConfig() {
        return parts.unetConfig();
    }

    public VaeConfig vaeConfig() {
        return parts.vaeConfig();
    }

    /** One, or two for SDXL. */
    public List<TextEncoderConfig> textEncoderConfigs() {
        return parts.textEncoderConfigs();
    }

    /** Guidance leads away from zeros, and not from an encoded empty text, where the negative prompt is empty. */
    public boolean emptyPromptIsZeros() {
        return parts.emptyPromptIsZeros();
    }

    public SchedulerConfig schedulerConfig() {
        return parts.schedulerConfig();
    }

    public Weights unet() {
        return parts.unet();
    }

    public Weights vae() {
        return parts.vae();
    }

    /** The weights of text encoder {@code index}, counted from 0. */
    public Weights textEncoder(int index) {
        return parts.textEncoders().get(index);
    }

    /** The tokenizer of text encoder {@code index}; it belongs to the base and is closed with it. */
    public synchronized ClipTokenizer tokenizer(int index) {
        ClipTokenizer tokenizer = tokenizers[index];
        if (tokenizer == null) {
            tokenizer = parts.tokenizers().get(index).get();
            tokenizers[index] = tokenizer;
        }
        return tokenizer;
    }

    /**
     * The tokenizer of text encoder {@code index}, for prompts that the encoder is to read.
     *
     * @throws BaseModelException when it has tokens that the encoder does not know (a single file of an unusual base got
     *     CLIP's vocabulary), or gives more at once than the encoder takes
     */
    public ClipTokenizer promptTokenizer(int index) {
        ClipTokenizer tokenizer = tokenizer(index);
        int known = parts.textEncoderConfigs().get(index).vocabSize();
        if (tokenizer.knownIds() > known) {
            throw new BaseModelException(
                    "%s: found a tokenizer with %d tokens and a text encoder that knows %d, wanted no more than these; a single file of an unusual base needs its tokenizer beside it, in %s.config/tokenizer"
                            .formatted(path, tokenizer.knownIds(), known, name()));
        }
        int positions = parts.textEncoderConfigs().get(index).maxPositions();
        if (tokenizer.length() > positions) {
            throw new BaseModelException(
                    "%s: found a tokenizer that gives %d tokens at once (model_max_length) and a text encoder that takes %d, wanted no more than these; do the parts belong together?"
                            .formatted(path, tokenizer.length(), positions));
        }
        return tokenizer;
    }

    /** How many numbers UNet and text encoders hold. */
    public long numbers() {
        long numbers = numbers(unet());
        for (int i = 0; i < textEncoderConfigs().size(); i++) {
            numbers += numbers(textEncoder(i));
        }
        return numbers;
    }

    /** How many numbers the autoencoder holds, which is computed in float32 whatever the others are. */
    public long numbersOfAutoencoder() {
        return numbers(vae());
    }

    private static long numbers(Weights weights) {
        return weights.names().stream()
                .mapToLong(name -> Arrays.stream(weights.shape(name)).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** What the files do not say and was taken for granted, a sentence each; empty for a diffusers folder. */
    public List<String> assumptions() {
        return parts.assumptions();
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** The folder's or file's name without its ending. */
    public String name() {
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /**
     * SHA-256 over the bytes of all weight files, one after the other: of a single file, the hash that the world knows it
     * by. Reads every byte the first time.
     */
    public synchronized String sha256OfWeights() {
        if (sha256OfWeights == null) {
            sha256OfWeights = hash();
        }
        return sha256OfWeights;
    }

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[1 << 20];
            for (Path file : files.paths()) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                        digest.update(piece, 0, count);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new BaseModelException("%s: cannot be read: %s".formatted(path, e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public synchronized void close() {
        for (ClipTokenizer tokenizer : tokenizers) {
            if (tokenizer != null) {
                tokenizer.close();
            }
        }
        files.close();
    }
}
