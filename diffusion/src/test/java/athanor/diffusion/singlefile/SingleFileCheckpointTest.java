package athanor.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.diffusion.schedule.PredictionType;
import athanor.diffusion.schedule.SchedulerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints are written by name lists that the reference's own converter proved (make_single_file_names.py). */
class SingleFileCheckpointTest {

    private static final String UNET = "model.diffusion_model.";
    private static final Path BASES = Path.of("src/test/resources/parity");

    @TempDir
    Path folder;

    /** SCHEDULER_DEFAULT_CONFIG in diffusers 0.39.0's loaders/single_file_utils.py; the published SDXL base says the same. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void takesTheNoiseScheduleThatTheReferenceTakesForSingleFiles(String name) throws Exception {
        Map<String, Object> reference = Map.ofEntries(
                Map.entry("beta_schedule", "scaled_linear"),
                Map.entry("beta_start", 0.00085),
                Map.entry("beta_end", 0.012),
                Map.entry("interpolation_type", "linear"),
                Map.entry("num_train_timesteps", 1000),
                Map.entry("prediction_type", "epsilon"),
                Map.entry("sample_max_value", 1.0),
                Map.entry("set_alpha_to_one", false),
                Map.entry("skip_prk_steps", true),
                Map.entry("steps_offset", 1),
                Map.entry("timestep_spacing", "leading"),
                Map.entry("clip_sample", false));
        Path checkpoint = write(name, new SafetensorsWriter());
        try (BaseModel single = BaseModel.open(checkpoint)) {
            assertThat(single.schedulerConfig()).isEqualTo(SchedulerConfig.from(reference));
        }
    }

    /** As stabilityai/stable-diffusion-2-1-unclip: the UNet of SD 2.1 with the embedding of a picture beside the time. */
    @Test
    void anUnclipCheckpointIsCalledByItsName() throws Exception {
        Path checkpoint = write(
                "sd2",
                new SafetensorsWriter()
                        .add(UNET + "label_emb.0.0.weight", new long[] {48, 64}, new float[48 * 64], Dtype.F32)
                        .add(UNET + "label_emb.0.0.bias", new long[] {48}, new float[48], Dtype.F32)
                        .add(UNET + "label_emb.0.2.weight", new long[] {48, 48}, new float[48 * 48], Dtype.F32)
                        .add(UNET + "label_emb.0.2.bias", new long[] {48}, new float[48], Dtype.F32));

        assertThatThrownBy(() -> BaseModel.open(checkpoint))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("an unCLIP base, which draws from a picture")
                .hasMessageContaining("choose a text-to-image base");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd1-four-levels", "sd2", "sdxl"})
    void holdsTheSameWeightsAsTheFolder(String name) throws Exception {
        Path checkpoint = write(name, new SafetensorsWriter());
        copyConfigs(name);
        try (BaseModel single = BaseModel.open(checkpoint);
                BaseModel whole = BaseModel.open(BASES.resolve(name))) {
            assertThat(single.family()).isEqualTo(whole.family());
            assertThat(single.name()).isEqualTo("mine");
            assertThat(single.unetConfig()).isEqualTo(whole.unetConfig());
            assertThat(single.vaeConfig()).isEqualTo(whole.vaeConfig());
            assertThat(single.textEncoderConfigs()).isEqualTo(whole.textEncoderConfigs());
            assertThat(single.schedulerConfig()).isEqualTo(whole.schedulerConfig());
            assertEqual(single.unet(), whole.unet());
            assertEqual(single.vae(), whole.vae());
            for (int i = 0; i < whole.textEncoderConfigs().size(); i++) {
                assertEqual(single.textEncoder(i), whole.textEncoder(i));
                assertThat(single.tokenizer(i).ids("a woman!"))
                        .isEqualTo(whole.tokenizer(i).ids("a woman!"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sd1, first_stage_model.model_ema.decay",
        "sd1, first_stage_model.logvar",
        "sd1, cond_stage_model.transformer.text_projection.weight",
        "sdxl, conditioner.embedders.0.transformer.text_projection.weight",
        "sdxl, conditioner.embedders.1.model.visual.class_embedding",
        "sd2, cond_stage_model.model.visual.conv1.weight"
    })
    void leavesOutWhatOthersLeftInTheFile(String name, String leftOver) throws Exception {
        Path checkpoint = write(name, new SafetensorsWriter().add(leftOver, new long[] {2}, new float[2], Dtype.F32));
        copyConfigs(name);
        try (BaseModel single = BaseModel.open(checkpoint);
                BaseModel whole = BaseModel.open(BASES.resolve(name))) {
            assertEqual(single.unet(), whole.unet());
            assertEqual(single.vae(), whole.vae());
            for (int i = 0; i < whole.textEncoderConfigs().size(); i++) {
                assertEqual(single.textEncoder(i), whole.textEncoder(i));
            }
        }
    }

    /** Its last layer is not seen, whichever way the projection behind it is spelt. */
    @ParameterizedTest
    @ValueSource(strings = {"text_projection", "text_projection.weight"})
    void aProjectionOfStableDiffusion2TellsThatTheLastLayerIsThere(String spelling) throws Exception {
        int layers;
        try (BaseModel plain = BaseModel.open(write("sd2", new SafetensorsWriter()))) {
            layers = plain.textEncoderConfigs().get(0).layers();
        }
        Path checkpoint = write(
                "sd2",
                new SafetensorsWriter()
                        .add("cond_stage_model.model." + spelling, new long[] {24, 24}, new float[576], Dtype.F32));
        try (BaseModel single = BaseModel.open(checkpoint)) {
            assertThat(single.textEncoderConfigs().get(0).layers()).isEqualTo(layers - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd1-four-levels", "sd2", "sdxl"})
    void tellsItsSizesByItsTensors(String name) throws Exception {
        Path checkpoint = write(name, new SafetensorsWriter());
        try (BaseModel single = BaseModel.open(checkpoint);
                BaseModel whole = BaseModel.open(BASES.resolve(name))) {
            UNetConfig found = single.unetConfig();
            UNetConfig wanted = whole.unetConfig();
            assertThat(single.family()).isEqualTo(whole.family());
            assertThat(found.blockOutChannels()).isEqualTo(wanted.blockOutChannels());
            assertThat(found.layersPerBlock()).isEqualTo(wanted.layersPerBlock());
            assertThat(found.crossAttention()).isEqualTo(wanted.crossAttention());
            assertThat(found.crossAttentionUp()).isEqualTo(wanted.crossAttentionUp());
            assertThat(found.transformerLayers()).isEqualTo(wanted.transformerLayers());
            assertThat(found.transformerLayersUp()).isEqualTo(wanted.transformerLayersUp());
            assertThat(found.crossAttentionDim()).isEqualTo(wanted.crossAttentionDim());
            assertThat(found.useLinearProjection()).isEqualTo(wanted.useLinearProjection());
            assertThat(found.textTime()).isEqualTo(wanted.textTime());
            assertThat(single.vaeConfig().blockOutChannels())
                    .isEqualTo(whole.vaeConfig().blockOutChannels());
            assertThat(single.vaeConfig().layersPerBlock())
                    .isEqualTo(whole.vaeConfig().layersPerBlock());
            assertThat(single.textEncoderConfigs().get(0).layers())
                    .isEqualTo(whole.textEncoderConfigs().get(0).layers());
            assertThat(single.assumptions())
                    .as("widths that no convention covers")
                    .anyMatch(sentence -> sentence.contains("heads") && sentence.contains("mine.yaml"));
            assertThat(single.unet().names()).isEqualTo(whole.unet().names());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sd1, modelspec.prediction_type, v, V_PREDICTION",
        "sd2, modelspec.prediction_type, epsilon, EPSILON",
        "sd2, modelspec.architecture, stable-diffusion-v2-768-v/lora, V_PREDICTION",
        "sd2, modelspec.architecture, stable-diffusion-v2-512, EPSILON",
        "sd1, format, pt, EPSILON"
    })
    void believesItsMetadataAboutThePrediction(String name, String key, String value, PredictionType expected)
            throws Exception {
        Path checkpoint = write(name, new SafetensorsWriter().metadata(key, value));
        try (BaseModel single = BaseModel.open(checkpoint)) {
            assertThat(single.schedulerConfig().predictionType()).isEqualTo(expected);
        }
    }

    @Test
    void believesAMarkAndAYamlFileAboutThePrediction() throws Exception {
        Path checkpoint = write(
                "sdxl",
                new SafetensorsWriter()
                        .add("v_pred", new long[] {0}, new float[0], Dtype.F32)
                        .add("ztsnr", new long[] {0}, new float[0], Dtype.F32));
        try (BaseModel single = BaseModel.open(checkpoint)) {
            assertThat(single.schedulerConfig().predictionType()).isEqualTo(PredictionType.V_PREDICTION);
            assertThat(single.schedulerConfig().betas().zeroTerminalSnr()).isTrue();
        }
        checkpoint = write("sd1", new SafetensorsWriter());
        Files.writeString(folder.resolve("mine.yaml"), """
                model:
                  params:
                    parameterization: "v"  # velocity
                    linear_start: 0.001
                    scale_factor: 0.5
                    unet_config:
                      params:
                        num_heads: 4
                """);
        try (BaseModel single = BaseModel.open(checkpoint)) {
            assertThat(single.schedulerConfig().predictionType()).isEqualTo(PredictionType.V_PREDICTION);
            assertThat(single.schedulerConfig().betas().start()).isEqualTo(0.001);
            assertThat(single.vaeConfig().scalingFactor()).isEqualTo(0.5);
            assertThat(single.unetConfig().heads()).containsOnly(4);
        }
    }

    @Test
    void saysThatNothingTellsAnSd2ModelsPrediction() throws Exception {
        try (BaseModel single = BaseModel.open(write("sd2", new SafetensorsWriter()))) {
            assertThat(single.assumptions()).anyMatch(sentence -> sentence.contains("noise or velocity"));
        }
    }

    @Test
    void leavesOutTheLastLayerOfAnOriginalOpenClip() throws Exception {
        Path checkpoint = write(
                "sd2",
                new SafetensorsWriter()
                        .add("cond_stage_model.model.logit_scale", FloatTensor.scalar(1), Dtype.F32)
                        .add("cond_stage_model.model.text_projection", new long[] {2, 2}, new float[4], Dtype.F32));
        try (BaseModel single = BaseModel.open(checkpoint);
                BaseModel whole = BaseModel.open(BASES.resolve("sd2"))) {
            int layers = whole.textEncoderConfigs().get(0).layers();
            assertThat(single.textEncoderConfigs().get(0).layers()).isEqualTo(layers - 1);
            assertThat(single.textEncoder(0).names()).noneMatch(n -> n.contains("layers." + (layers - 1)));
        }
    }

    @Test
    void refusesWhatIsNoWholeCheckpoint() throws Exception {
        Path lora = folder.resolve("lora.safetensors");
        new SafetensorsWriter()
                .add("lora_unet_mid_block_attentions_0_proj_in.alpha", FloatTensor.scalar(1), Dtype.F32)
                .write(lora);
        assertThatThrownBy(() -> BaseModel.open(lora))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("whole checkpoint");
        Path text = Files.writeString(folder.resolve("text.safetensors"), "this is no safetensors file");
        assertThatThrownBy(() -> BaseModel.open(text))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("is it a safetensors file?");
        assertThatThrownBy(() -> BaseModel.open(folder.resolve("absent.safetensors")))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("found nothing there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edm_mean", "edm_vpred.sigma_max"})
    void refusesModelsThatWereTrainedAsEdm(String mark) throws Exception {
        Path checkpoint = write("sdxl", new SafetensorsWriter().add(mark, FloatTensor.scalar(1), Dtype.F32));
        assertThatThrownBy(() -> BaseModel.open(checkpoint))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(
                        checkpoint + ": tensor \"" + mark + "\": found the mark of a model trained as EDM");
    }

    @Test
    void namesATensorThatIsTooMany() throws Exception {
        Path checkpoint = write(
                "sd1",
                new SafetensorsWriter()
                        .add("model.diffusion_model.adapter.weight", FloatTensor.scalar(1), Dtype.F32)
                        .add("model_ema.decay", FloatTensor.scalar(1), Dtype.F32));
        assertThatThrownBy(() -> BaseModel.open(checkpoint))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("model.diffusion_model.adapter.weight");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.diffusion_model.out.2.weight",
                "model.diffusion_model.time_embed.0.weight",
                "first_stage_model.encoder.conv_in.weight",
                "cond_stage_model.transformer.text_model.embeddings.position_embedding.weight"
            })
    void namesATensorThatIsMissing(String missing) throws Exception {
        Path checkpoint = write("sd1", new SafetensorsWriter(), missing);
        String name = missing.substring(missing.indexOf('.', missing.indexOf("model") + 6) + 1);
        assertThatThrownBy(() -> BaseModel.open(checkpoint))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(name.substring(name.length() - 10));
    }

    @ParameterizedTest
    @CsvSource({
        "sd1, cond_stage_model.transformer.text_model.encoder.layers.1.mlp.fc1.weight",
        "sd1, model.diffusion_model.input_blocks.2.0.op.weight",
        "sd1, model.diffusion_model.input_blocks.3.1.transformer_blocks.0.attn2.to_k.weight",
        "sd1, model.diffusion_model.output_blocks.3.0.in_layers.2.weight",
        "sd1, model.diffusion_model.output_blocks.5.0.in_layers.2.weight",
        "sd1, first_stage_model.encoder.down.1.block.0.conv1.weight",
        "sd2, cond_stage_model.model.transformer.resblocks.1.mlp.c_fc.weight",
        "sd2, cond_stage_model.model.transformer.resblocks.2.mlp.c_fc.weight",
        "sdxl, conditioner.embedders.1.model.transformer.resblocks.1.mlp.c_fc.weight",
        "sdxl, conditioner.embedders.1.model.transformer.resblocks.2.mlp.c_fc.weight"
    })
    void aTensorThatIsMissingAmongCountedOnesDoesNotMakeTheNetworkShorter(String base, String missing)
            throws Exception {
        Path checkpoint = write(base, new SafetensorsWriter(), missing);
        assertThatThrownBy(() -> BaseModel.open(checkpoint))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining(checkpoint + ": found no tensor for " + missing);
    }

    private Path write(String base, SafetensorsWriter writer, String... without) throws Exception {
        Map<String, SafetensorsFile> parts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(BASES.resolve(base))) {
            for (Path file : files.filter(f -> f.toString().endsWith("model.safetensors"))
                    .toList()) {
                parts.put(file.getParent().getFileName().toString(), SafetensorsFile.open(file));
            }
        }
        try (InputStream list = new GZIPInputStream(
                SingleFileCheckpointTest.class.getResourceAsStream("/single-file/" + base + ".txt.gz"))) {
            for (String line : new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] fields = line.split("\t");
                if (!java.util.List.of(without).contains(fields[0])) {
                    writer.add(fields[0], stacked(fields[1].split("\\+"), parts), Dtype.F32);
                }
            }
        }
        parts.values().forEach(SafetensorsFile::close);
        Path checkpoint = folder.resolve("mine.safetensors");
        writer.write(checkpoint);
        return checkpoint;
    }

    private static FloatTensor stacked(String[] sources, Map<String, SafetensorsFile> parts) throws IOException {
        FloatTensor first = tensor(sources[0], parts);
        float[] values = new float[first.values().length * sources.length];
        for (int i = 0; i < sources.length; i++) {
            float[] part = tensor(sources[i], parts).values();
            System.arraycopy(part, 0, values, i * part.length, part.length);
        }
        long[] shape = first.shape().clone();
        if (sources.length > 1) {
            shape[0] *= sources.length;
        }
        return new FloatTensor(shape, values);
    }

    private static FloatTensor tensor(String source, Map<String, SafetensorsFile> parts) throws IOException {
        char last = source.charAt(source.length() - 1);
        String name = last == '^' || last == '~' ? source.substring(0, source.length() - 1) : source;
        int slash = name.indexOf('/');
        FloatTensor tensor = parts.get(name.substring(0, slash)).floats(name.substring(slash + 1));
        if (last == '~') {
            return tensor.reshape(tensor.shape()[0], tensor.shape()[1], 1, 1);
        }
        return last == '^' ? transposed(tensor) : tensor;
    }

    private static FloatTensor transposed(FloatTensor tensor) {
        int rows = (int) tensor.shape()[0];
        int columns = (int) tensor.shape()[1];
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i % columns * rows + i / columns] = tensor.values()[i];
        }
        return new FloatTensor(new long[] {columns, rows}, values);
    }

    private void copyConfigs(String base) throws IOException {
        try (Stream<Path> files = Files.walk(BASES.resolve(base))) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(json|txt)")).toList()) {
                Path copy = folder.resolve("mine.config")
                        .resolve(BASES.resolve(base).relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static void assertEqual(Weights found, Weights wanted) {
        assertThat(found.names()).isEqualTo(wanted.names());
        for (String name : wanted.names()) {
            assertThat(found.shape(name)).as(name).isEqualTo(wanted.shape(name));
            assertThat(read(found, name)).as(name).isEqualTo(read(wanted, name));
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
}
