package athanor.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseModelFolderTest {

    private static final Path BASES = Path.of("src/test/resources/parity");

    @TempDir
    Path temporary;

    private Path base;

    @BeforeEach
    void copyOfASmallBase() throws IOException {
        base = temporary.resolve("mine");
        copy(BASES.resolve("sd1"), base);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"sd1, SD1, 1", "sd1-four-levels, SD1, 1", "sd2, SD2, 1", "sdxl, SDXL, 2"})
    void opensEveryFamily(String name, ModelFamily family, int textEncoders) {
        try (BaseModel model = BaseModel.open(BASES.resolve(name))) {
            assertThat(model.family()).isEqualTo(family);
            assertThat(model.name()).isEqualTo(name);
            assertThat(model.textEncoderConfigs()).hasSize(textEncoders);
            assertThat(model.assumptions()).isEmpty();
            for (String weight : model.unet().names()) {
                read(model.unet(), weight);
            }
            for (int i = 0; i < textEncoders; i++) {
                assertThat(model.tokenizer(i).ids("a photo of a woman"))
                        .hasSize(model.textEncoderConfigs().get(i).maxPositions());
                assertThat(model.textEncoder(i).names()).allMatch(n -> n.startsWith("text_"));
            }
            assertThat(model.sha256OfWeights()).hasSize(64);
        }
    }

    @Test
    void whatAnEmptyPromptIsStandsInTheIndex() throws Exception {
        Path xl = temporary.resolve("xl");
        copy(BASES.resolve("sdxl"), xl);
        Path index = xl.resolve("model_index.json");
        String text = Files.readString(index);
        assertThat(emptyPromptIsZeros(xl)).isTrue();
        assertThat(emptyPromptIsZeros(base)).isFalse();

        Files.writeString(
                index,
                text.replace("\"force_zeros_for_empty_prompt\": true", "\"force_zeros_for_empty_prompt\": false"));
        assertThat(emptyPromptIsZeros(xl)).isFalse();
    }

    private static boolean emptyPromptIsZeros(Path folder) {
        try (BaseModel model = BaseModel.open(folder)) {
            return model.emptyPromptIsZeros();
        }
    }

    @Test
    void readsShardsAndVariantsLikeAWholeFile() throws Exception {
        float[] whole = firstWeights();
        Path unet = base.resolve("unet");
        Path file = unet.resolve("diffusion_pytorch_model.safetensors");
        shard(unet, file);
        assertThat(firstWeights()).isEqualTo(whole);

        Files.move(
                unet.resolve("diffusion_pytorch_model.safetensors.index.json"),
                unet.resolve("diffusion_pytorch_model.safetensors.index.fp16.json"));
        assertThat(firstWeights()).isEqualTo(whole);

        Files.copy(
                BASES.resolve("sd1/unet/diffusion_pytorch_model.safetensors"),
                unet.resolve("diffusion_pytorch_model.fp16.safetensors"));
        assertThat(firstWeights()).isEqualTo(whole);
    }

    @Test
    void shardsInFullPrecisionComeBeforeAWholeVariant() throws Exception {
        float[] whole = firstWeights();
        Path unet = base.resolve("unet");
        Path file = unet.resolve("diffusion_pytorch_model.safetensors");
        Path variant = unet.resolve("diffusion_pytorch_model.fp16.safetensors");
        Files.copy(file, variant);
        rewriteWithOtherNumbers(variant);
        shard(unet, file);

        assertThat(firstWeights()).isEqualTo(whole);
    }

    private static void rewriteWithOtherNumbers(Path path) throws Exception {
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : file.names()) {
                FloatTensor tensor = file.floats(name);
                writer.add(name, new FloatTensor(tensor.shape(), new float[tensor.values().length]), Dtype.F16);
            }
        }
        writer.write(path);
    }

    @Test
    void readsTheVaesOldAttentionNames() throws Exception {
        Path file = base.resolve("vae/diffusion_pytorch_model.safetensors");
        float[] query;
        try (BaseModel model = BaseModel.open(base)) {
            query = read(model.vae(), "decoder.mid_block.attentions.0.to_q.weight");
        }
        rewrite(
                file,
                (name, tensor) -> name.replace("to_q", "query")
                        .replace("to_k", "key")
                        .replace("to_v", "value")
                        .replace("to_out.0", "proj_attn"));
        try (BaseModel model = BaseModel.open(base)) {
            assertThat(read(model.vae(), "decoder.mid_block.attentions.0.to_q.weight"))
                    .isEqualTo(query);
            assertThat(model.vae().names()).contains("encoder.mid_block.attentions.0.to_out.0.bias");
        }
    }

    @Test
    void aNamedTensorThatIsNotThereIsATypedError() {
        try (BaseModel model = BaseModel.open(base)) {
            assertThatThrownBy(() -> model.unet().shape("conv_in.wait"))
                    .isInstanceOf(BaseModelException.class)
                    .hasMessageContaining("unet")
                    .hasMessageContaining("conv_in.wait");
            assertThatThrownBy(() -> model.unet().read("conv_in.bias", FloatBuffer.allocate(1)))
                    .isInstanceOf(BaseModelException.class)
                    .hasMessageContaining("diffusion_pytorch_model.safetensors")
                    .hasMessageContaining("conv_in.bias");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet", "vae", "text_encoder", "scheduler"})
    void aMissingPartIsNamed(String part) throws Exception {
        delete(base.resolve(part));
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(base.resolve(part).toString());
    }

    @Test
    void missingWeightsAreNamedAndPickledOnesRefused() throws Exception {
        Path unet = base.resolve("unet");
        Files.delete(unet.resolve("diffusion_pytorch_model.safetensors"));
        assertThatThrownBy(() -> BaseModel.open(base)).hasMessageContaining("found no weights");
        Files.write(unet.resolve("diffusion_pytorch_model.bin"), new byte[10]);
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("pickled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.ckpt", "a.pt", "a.bin", "a.CKPT"})
    void pickledFilesAreRefused(String name) throws Exception {
        Path file = Files.write(temporary.resolve(name), new byte[10]);
        assertThatThrownBy(() -> BaseModel.open(file))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("pickled");
    }

    @Test
    void otherArchitecturesAreNamedAndRefused() throws Exception {
        Path index = base.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replace("UNet2DConditionModel", "FluxTransformer2DModel"));
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("FluxTransformer2DModel");
        Files.delete(index);
        Path config = base.resolve("unet/config.json");
        Files.writeString(config, Files.readString(config).replace("CrossAttnDownBlock2D", "AttnSkipDownBlock2D"));
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("AttnSkipDownBlock2D");
    }

    @Test
    void pipelinesAndSchedulersOfAnotherKindAreRefused() throws Exception {
        Path index = base.resolve("model_index.json");
        String whole = Files.readString(index);
        Files.writeString(index, whole.replace("\"StableDiffusionPipeline\"", "\"StableDiffusion3Pipeline\""));
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(index + ": found a StableDiffusion3Pipeline");
        Files.writeString(index, whole.replaceAll("[A-Za-z]+Scheduler", "FlowMatchEulerDiscreteScheduler"));
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("the scheduler is a FlowMatchEulerDiscreteScheduler");
        Files.writeString(index, whole);
        Path config = base.resolve("vae/config.json");
        Files.writeString(config, Files.readString(config).replace("AutoencoderKL", "AutoencoderTiny"));
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("AutoencoderTiny");
    }

    @Test
    void inpaintingModelsAreRefused() throws Exception {
        Path config = base.resolve("unet/config.json");
        Files.writeString(config, Files.readString(config).replaceAll("\"in_channels\": \\d+", "\"in_channels\": 9"));
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("inpainting");
    }

    @Test
    void brokenJsonIsNamed() throws Exception {
        Files.writeString(base.resolve("vae/config.json"), "{\"scaling_factor\": 0.18");
        assertThatThrownBy(() -> BaseModel.open(base))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("vae/config.json".replace('/', java.io.File.separatorChar));
    }

    @Test
    void aTokenizerThatKnowsMoreThanTheTextEncoderIsRefused() throws Exception {
        Path config = base.resolve("text_encoder/config.json");
        Files.writeString(config, Files.readString(config).replaceAll("\"vocab_size\": \\d+", "\"vocab_size\": 9"));
        try (BaseModel model = BaseModel.open(base)) {
            assertThatThrownBy(() -> model.promptTokenizer(0))
                    .isInstanceOf(BaseModelException.class)
                    .hasMessageContaining("knows 9");
        }
    }

    @Test
    void aTokenizerThatGivesMoreThanTheTextEncoderTakesIsRefused() throws Exception {
        Path config = base.resolve("tokenizer/tokenizer_config.json");
        Files.writeString(
                config, Files.readString(config).replaceAll("\"model_max_length\": \\d+", "\"model_max_length\": 300"));
        try (BaseModel model = BaseModel.open(base)) {
            int positions = model.textEncoderConfigs().get(0).maxPositions();
            assertThatThrownBy(() -> model.promptTokenizer(0))
                    .isInstanceOf(BaseModelException.class)
                    .hasMessageContaining("gives 300 tokens at once")
                    .hasMessageContaining("takes " + positions);
        }
    }

    @Test
    void mutatedFilesGiveATypedErrorOrABase() throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(base)) {
            files = all.filter(f -> f.toString().matches(".*\\.(json|txt)")).toList();
        }
        Random random = new Random(9);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, mutate(whole, random));
            try (BaseModel model = BaseModel.open(base)) {
                model.family();
                if (file.toString().contains("tokenizer")) {
                    model.tokenizer(0).ids("a photo of a woman, full body!");
                }
            } catch (BaseModelException e) {
                refused++;
            }
            Files.write(file, whole);
        }
        assertThat(refused).isGreaterThan(80);
    }

    /** Other digits, other words, other punctuation, or an end too soon. */
    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        if (random.nextInt(8) == 0) {
            return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        String others = "0123456789-.eE\"[]{}:,ntf ";
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) others.charAt(random.nextInt(others.length()));
        }
        return bytes;
    }

    private float[] firstWeights() {
        try (BaseModel model = BaseModel.open(base)) {
            return read(model.unet(), "conv_in.weight");
        }
    }

    private static float[] read(Weights weights, String name) {
        int elements = 1;
        for (long side : weights.shape(name)) {
            elements *= (int) side;
        }
        float[] values = new float[elements];
        weights.read(name, FloatBuffer.wrap(values));
        return values;
    }

    private static void shard(Path folder, Path whole) throws Exception {
        StringBuilder index = new StringBuilder();
        SafetensorsWriter[] shards = {new SafetensorsWriter(), new SafetensorsWriter()};
        try (SafetensorsFile file = SafetensorsFile.open(whole)) {
            int i = 0;
            for (String name : file.names()) {
                shards[i % 2].add(name, file.floats(name), Dtype.F32);
                index.append(index.isEmpty() ? "" : ",")
                        .append("\"%s\":\"shard-%d.safetensors\"".formatted(name, i++ % 2));
            }
        }
        Files.delete(whole);
        shards[0].write(folder.resolve("shard-0.safetensors"));
        shards[1].write(folder.resolve("shard-1.safetensors"));
        Files.writeString(
                folder.resolve("diffusion_pytorch_model.safetensors.index.json"),
                "{\"metadata\":{},\"weight_map\":{" + index + "}}");
    }

    private interface Renaming {
        String rename(String name, FloatTensor tensor);
    }

    private static void rewrite(Path path, Renaming renaming) throws Exception {
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : file.names()) {
                FloatTensor tensor = file.floats(name);
                writer.add(renaming.rename(name, tensor), tensor, Dtype.F32);
            }
        }
        writer.write(path);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
