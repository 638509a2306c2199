package athanor.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are one LoRA in everybody's naming, written by peft and diffusers (make_lora_names.py). */
class LoraFileTest {

    private static final Path FILES = Path.of("src/test/resources/lora-names");
    private static final Path BASES = Path.of("src/test/resources/parity");

    private static final List<String> LAYERS = List.of(
            "unet/mid_block.attentions.0.proj_in",
            "unet/mid_block.attentions.0.transformer_blocks.0.attn1.to_q",
            "unet/mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0",
            "unet/up_blocks.1.attentions.0.transformer_blocks.0.ff.net.0.proj",
            "text_encoder/text_model.encoder.layers.0.self_attn.q_proj",
            "text_encoder/text_model.encoder.layers.1.mlp.fc1");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"peft", "diffusers", "scripts", "kohya"})
    void readsTheSameLayersInEveryNaming(String naming) {
        LoraFile file = LoraFile.read(FILES.resolve("sd1").resolve(naming + ".safetensors"));
        try (BaseModel base = BaseModel.open(BASES.resolve("sd1"))) {
            assertThat(file.layers()).hasSize(LAYERS.size());
            LoraFile peft = LoraFile.read(FILES.resolve("sd1/peft.safetensors"));
            for (String name : LAYERS) {
                LoraLayer layer = layer(file, base, name);
                assertThat(layer.rank()).isEqualTo(2);
                assertThat(layer.alpha()).isEqualTo(2);
                assertThat(layer.up())
                        .as(name)
                        .isEqualTo(layer(peft, base, name).up());
                assertThat(layer.down())
                        .as(name)
                        .isEqualTo(layer(peft, base, name).down());
            }
        }
    }

    @Test
    void readsTheNamesOfAttentionProcessors() {
        LoraFile file = LoraFile.read(FILES.resolve("sd1/processor.safetensors"));
        assertThat(file.layers())
                .extracting(LoraLayer::key)
                .containsExactlyInAnyOrder(
                        "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q",
                        "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_out_0");
    }

    @Test
    void knowsBothNamesOfXlsBlocks() {
        LoraFile diffusers = LoraFile.read(FILES.resolve("xl/diffusers.safetensors"));
        LoraFile sgm = LoraFile.read(FILES.resolve("xl/sgm.safetensors"));
        try (BaseModel base = BaseModel.open(BASES.resolve("sdxl"))) {
            LoraKeys keys = LoraKeys.of(base);
            assertThat(sgm.layers()).hasSameSizeAs(diffusers.layers()).hasSize(8);
            for (String name : LAYERS) {
                assertThat(layer(sgm, base, name).key()).as("the key to write").isEqualTo(keys.key(name));
                assertThat(layer(sgm, base, name).down())
                        .isEqualTo(layer(diffusers, base, name).down());
                assertThat(layer(sgm, base, name).alpha()).isEqualTo(1);
                assertThat(layer(diffusers, base, name).alpha()).isEqualTo(2);
            }
            assertThat(keys.key("text_encoder_2/text_model.encoder.layers.0.mlp.fc2"))
                    .isEqualTo("lora_te2_text_model_encoder_layers_0_mlp_fc2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "diffusion_model.input_blocks.1.1.proj_in.lora_A.weight, lora_unet_input_blocks_1_1_proj_in",
        "text_encoders.clip_g.transformer.text_model.encoder.layers.3.mlp.fc1.lora_B.weight,"
                + " lora_te2_text_model_encoder_layers_3_mlp_fc1",
        "text_encoders.clip_h.transformer.text_model.encoder.layers.3.mlp.fc1.lora_A.weight,"
                + " lora_te_text_model_encoder_layers_3_mlp_fc1",
        "lycoris_text_model_encoder_layers_3_mlp_fc1.lora_down.weight, lora_te_text_model_encoder_layers_3_mlp_fc1",
        "text_encoder.text_model.encoder.layers.0.self_attn.to_q_lora.down.weight,"
                + " lora_te_text_model_encoder_layers_0_self_attn_q_proj",
        "text_encoder_2.text_model.encoder.layers.0.self_attn.to_out_lora.up.weight,"
                + " lora_te2_text_model_encoder_layers_0_self_attn_out_proj",
        "lycoris_mid_block_attentions_0_proj_in.lora_up.weight, lora_unet_mid_block_attentions_0_proj_in",
        "base_model.model.mid_block.attentions.0.proj_in.lora_A.default.weight, lora_unet_mid_block_attentions_0_proj_in",
        "text_encoder_2.text_model.encoder.layers.0.self_attn.k_proj.lora_linear_layer.up.weight,"
                + " lora_te2_text_model_encoder_layers_0_self_attn_k_proj",
        "clip_l.text_model.encoder.layers.3.mlp.fc1.lora_down.weight, lora_te1_text_model_encoder_layers_3_mlp_fc1",
        "clip_g.transformer.text_model.encoder.layers.3.mlp.fc1.lora_up.weight,"
                + " lora_te2_text_model_encoder_layers_3_mlp_fc1",
        "unet._orig_mod.mid_block.attentions.0.proj_in.lora_A.weight, lora_unet_mid_block_attentions_0_proj_in",
        "_orig_mod.unet.mid_block.attentions.0.proj_in.lora_A.weight, lora_unet_mid_block_attentions_0_proj_in",
        "module.unet.mid_block.attentions.0.proj_in.lora_A.weight, lora_unet_mid_block_attentions_0_proj_in",
        "base_model.model._orig_mod.mid_block.attentions.0.proj_in.lora_A.weight,"
                + " lora_unet_mid_block_attentions_0_proj_in",
        "unet.module._orig_mod.mid_block.attentions.0._checkpoint_wrapped_module.proj_in.lora_A.weight,"
                + " lora_unet_mid_block_attentions_0_proj_in",
        "lora_unet__orig_mod_mid_block_attentions_0_proj_in.alpha, lora_unet_mid_block_attentions_0_proj_in",
        "lora_unet_module_mid_block_attentions_0_proj_in.alpha, lora_unet_mid_block_attentions_0_proj_in",
        "lora_te1__orig_mod_text_model_encoder_layers_3_mlp_fc1.alpha, lora_te1_text_model_encoder_layers_3_mlp_fc1"
    })
    void understandsOtherNamesToo(String tensor, String key) {
        assertThat(LoraNaming.meaning(tensor).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "F32", "BF16"})
    void whatIsWrittenIsReadBack(Dtype dtype) throws Exception {
        LoraFile file = LoraFile.of(layers(), Map.of("ss_output_name", "ü", "athanor.framing", "{}"));
        byte[] bytes = file.toBytes(dtype);
        LoraFile read = LoraFile.read("mine", bytes);
        assertThat(read.layers()).containsExactlyInAnyOrderElementsOf(file.layers());
        assertThat(read.metadata())
                .containsEntry("ss_output_name", "ü")
                .containsEntry("athanor.framing", "{}")
                .containsKeys("sshs_model_hash", "sshs_legacy_hash");
        assertThat(read.toBytes(dtype)).as("the same layers give the same file").isEqualTo(bytes);
        try (SafetensorsFile written = SafetensorsFile.of("mine", bytes)) {
            assertThat(List.copyOf(written.names()))
                    .isSorted()
                    .contains("lora_unet_a.alpha", "lora_unet_a.lora_down.weight");
            assertThat(written.shape("lora_unet_a.alpha")).isEmpty();
        }
    }

    @Test
    void hashesAreKohyas() throws Exception {
        byte[] bytes = LoraFile.of(layers(), Map.of("ss_v2", "False")).toBytes(Dtype.F32);
        LoraFile read = LoraFile.read("mine", bytes);
        int data = 8
                + (int) java.nio.ByteBuffer.wrap(bytes)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getLong();
        assertThat(read.metadata())
                .containsEntry("sshs_model_hash", sha256(Arrays.copyOfRange(bytes, data, bytes.length)))
                .containsEntry("sshs_legacy_hash", "e3b0c442"); // of nothing: the file is small

        float[] many = new float[400_000];
        byte[] large = LoraFile.of(
                        List.of(new LoraLayer(
                                "lora_unet_big",
                                new FloatTensor(new long[] {1, many.length}, many),
                                new FloatTensor(new long[] {2, 1}, new float[2]),
                                1)),
                        Map.of("athanor.note", "not part of the hash"))
                .toBytes(Dtype.F32);
        String zeros = sha256(new byte[0x10000]).substring(0, 8);
        assertThat(LoraFile.read("large", large).metadata()).containsEntry("sshs_legacy_hash", zeros);
    }

    @ParameterizedTest
    @CsvSource({
        "lora_unet_a.hada_w1_a, a LoHa",
        "lora_unet_a.lokr_w1, a LoKr",
        "lora_unet_a.dora_scale, a DoRA",
        "lora_unet_a.lora_mid.weight, Tucker",
        "lora_unet_a.diff_b, difference",
        "model.diffusion_model.out.2.weight, a whole base model and no LoRA",
        "transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight, a diffusion transformer",
        "bundle_emb.me.string_to_param.*, embeddings alone and no LoRA",
        "somebody.else, a name that no LoRA has",
        "emb_params, an embedding"
    })
    void otherKindsOfFileAreNamedAndRefused(String tensor, String complaint) {
        byte[] bytes = new SafetensorsWriter()
                .add(tensor, new long[] {1, 1}, new float[1], Dtype.F32)
                .toBytes();
        assertThatThrownBy(() -> LoraFile.read("other.safetensors", bytes))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("other.safetensors")
                .hasMessageContaining(tensor)
                .hasMessageContaining(complaint);
    }

    /** OneTrainer and web UIs put embeddings beside the LoRA, other trainers norms and layers of another kind. */
    @Test
    void whatCanBeUsedIsUsedAndTheRestIsNamed() {
        float[] one = new float[1];
        byte[] bytes = down(2, 3)
                .add("lora_unet_a.lora_up.weight", new long[] {4, 2}, new float[8], Dtype.F32)
                .add("bundle_emb.me.string_to_param.*", new long[] {1, 1}, one, Dtype.F32)
                .add("bundle_emb.park.clip_g", new long[] {1, 1}, one, Dtype.F32)
                .add("lora_unet_b.lora_down.weight", new long[] {1, 1}, one, Dtype.F32)
                .add("lora_unet_b.lora_up.weight", new long[] {1, 1}, one, Dtype.F32)
                .add("lora_unet_b.dora_scale", new long[] {1, 1}, one, Dtype.F32)
                .add("lora_unet_norm.diff", new long[] {1}, one, Dtype.F32)
                .add("x.1", new long[] {1}, one, Dtype.F32)
                .add("x.2", new long[] {1}, one, Dtype.F32)
                .add("x.3", new long[] {1}, one, Dtype.F32)
                .add("x.4", new long[] {1}, one, Dtype.F32)
                .toBytes();

        LoraFile file = LoraFile.read("mine", bytes);

        assertThat(file.layers()).extracting(LoraLayer::key).containsExactly("lora_unet_a");
        assertThat(file.leftOut())
                .containsExactly(
                        "embeddings in the LoRA's file are left out: me, park",
                        "of the LoRA's file these layers are a DoRA and left out: lora_unet_b",
                        "of the LoRA's file these layers are a difference of full weights and left out: lora_unet_norm",
                        "tensors of the LoRA's file whose names no LoRA has are left out: x.1, x.2, x.3 and 1 more");
    }

    @Test
    void halfALayerAndAWrongShapeAreNamed() {
        assertThatThrownBy(() -> LoraFile.read("half", down(2, 3).toBytes()))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("lora_unet_a")
                .hasMessageContaining("no lora_up");
        byte[] wrong = down(2, 3)
                .add("lora_unet_a.lora_up.weight", new long[] {4, 3}, new float[12], Dtype.F32)
                .toBytes();
        assertThatThrownBy(() -> LoraFile.read("wrong", wrong))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("[4, 3]");
        byte[] alpha = down(2, 3)
                .add("lora_unet_a.lora_up.weight", new long[] {4, 2}, new float[8], Dtype.F32)
                .add("lora_unet_a.alpha", FloatTensor.scalar(Float.NaN), Dtype.F32)
                .toBytes();
        assertThatThrownBy(() -> LoraFile.read("alpha", alpha))
                .hasMessageContaining("found NaN at element 0, wanted finite numbers");
        byte[] two = down(2, 3)
                .add("lora_unet_a.lora_up.weight", new long[] {4, 2}, new float[8], Dtype.F32)
                .add("lora_unet_a.alpha", new long[] {2}, new float[2], Dtype.F32)
                .toBytes();
        assertThatThrownBy(() -> LoraFile.read("alpha", two)).hasMessageContaining("found 2 values, wanted one number");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, infinity", "-Infinity, infinity"})
    void aFactorThatIsNotFiniteIsNamed(float value, String name) {
        float[] up = new float[8];
        up[5] = value;
        byte[] bytes = down(2, 3)
                .add("lora_unet_a.lora_up.weight", new long[] {4, 2}, up, Dtype.F32)
                .toBytes();
        assertThatThrownBy(() -> LoraFile.read("mine", bytes))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("mine: tensor \"lora_unet_a.lora_up.weight\": found " + name + " at element 5");
    }

    @ParameterizedTest
    @CsvSource({"4294967296, 0, 0", "4294967297, 0, 0", "2147483648, 0, 0", "2, 0, 3", "2, 3, 0", "0, 3, 3"})
    void aSideWithoutLengthIsRefused(long rank, long in, long out) {
        byte[] bytes = new SafetensorsWriter()
                .add("lora_unet_a.lora_down.weight", new long[] {rank, in}, new float[(int) (rank * in)], Dtype.F32)
                .add("lora_unet_a.lora_up.weight", new long[] {out, rank}, new float[(int) (rank * out)], Dtype.F32)
                .toBytes();
        assertThatThrownBy(() -> LoraFile.read("mine", bytes))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("mine: layer lora_unet_a: found lora_down [" + rank);
    }

    @Test
    void wholeNumbersAreNoFactorsButMayBeAnAlpha() {
        byte[] factor = down(2, 3)
                .addLongs("lora_unet_a.lora_up.weight", new long[] {4, 2}, new long[8])
                .toBytes();
        assertThatThrownBy(() -> LoraFile.read("mine", factor))
                .isInstanceOf(LoraFileException.class)
                .hasMessage(
                        "mine: tensor \"lora_unet_a.lora_up.weight\": found dtype I64, wanted F64, F32, F16 or BF16");
        byte[] alpha = down(2, 3)
                .add("lora_unet_a.lora_up.weight", new long[] {4, 2}, new float[8], Dtype.F32)
                .addLongs("lora_unet_a.alpha", new long[0], new long[] {8})
                .toBytes();
        assertThat(LoraFile.read("mine", alpha).layers().get(0).alpha()).isEqualTo(8);
    }

    @Test
    void alphaIsTheRankWhereItIsMissingOrZero() {
        SafetensorsWriter writer =
                down(2, 3).add("lora_unet_a.lora_up.weight", new long[] {4, 2}, new float[8], Dtype.F32);
        assertThat(LoraFile.read("mine", writer.toBytes()).layers().get(0).alpha())
                .isEqualTo(2);
        writer.add("lora_unet_a.alpha", new long[] {1}, new float[1], Dtype.F32);
        assertThat(LoraFile.read("mine", writer.toBytes()).layers().get(0).alpha())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"unet.lora_alpha\": 8} | 8",
                "{\"unet.lora_alpha\": 0.5, \"unet.alpha_pattern\": {}} | 0.5",
                "{\"unet.lora_alpha\": 8, \"unet.alpha_pattern\": {\"to_k\": 1, \"attn1.to_q\": 3, \"to_q\": 5}} | 3",
                "{\"unet.lora_alpha\": 8, \"unet.alpha_pattern\": {\"o_q\": 3, \"attn1\": 3}} | 8",
                "{\"unet.lora_alpha\": 8, \"unet.alpha_pattern\": {\"^mid_block.*\": 3}} | 3",
                "{\"unet.lora_alpha\": 8, \"unet.use_rslora\": true} | 16",
                "{\"text_encoder.lora_alpha\": 8} | 4",
                "{\"lora_alpha\": 8} | 4"
            })
    void alphaIsWhatTheAdaptersMetadataSay(String metadata, float alpha) {
        LoraFile file = LoraFile.read("mine", withMetadata(metadata));
        assertThat(file.layers().get(0).alpha()).isEqualTo(alpha);
        assertThat(LoraFile.read("mine", file.toBytes(Dtype.F32)))
                .satisfies(again -> assertThat(again.layers().get(0).alpha()).isEqualTo(alpha))
                .satisfies(again -> assertThat(again.metadata()).doesNotContainKey("lora_adapter_metadata"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"unet.lora_alpha\": | wanted a value",
                "{\"unet.lora_alpha\": \"8\"} | found no number as unet.lora_alpha",
                "{\"unet.lora_alpha\": Infinity} | found Infinity as unet.lora_alpha",
                "{\"unet.lora_alpha\": 8, \"unet.alpha_pattern\": {\"to_q\": null}} | no number as unet.alpha_pattern",
                "{\"unet.lora_alpha\": 8, \"unet.alpha_pattern\": {\"(\": 1}} | the module pattern \"(\"",
                "{\"unet.lora_alpha\": 8, \"unet.alpha_pattern\": {\"(.*.*)*(.*.*)*(.*.*)*x\": 1}} | wanted one that can be matched"
            })
    void metadataThatMakeNoSenseAreNamed(String metadata, String complaint) {
        assertThatThrownBy(() -> LoraFile.read("mine.safetensors", withMetadata(metadata)))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("mine.safetensors: metadata \"lora_adapter_metadata\"")
                .hasMessageContaining(complaint);
    }

    /** Rank 4, with an alpha nowhere but in the metadata. */
    private static byte[] withMetadata(String metadata) {
        String layer = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q";
        return new SafetensorsWriter()
                .metadata("lora_adapter_metadata", metadata)
                .add(layer + ".lora.down.weight", new long[] {4, 3}, new float[12], Dtype.F32)
                .add(layer + ".lora.up.weight", new long[] {2, 4}, new float[8], Dtype.F32)
                .toBytes();
    }

    @Test
    void filesThatAreNoSafetensorsAreRefused() throws Exception {
        for (String ending : List.of("pt", "pth", "PT", "Ckpt", "bin")) {
            Path pickled = Files.write(folder.resolve("lora." + ending), new byte[10]);
            assertThatThrownBy(() -> LoraFile.read(pickled)).hasMessageContaining("pickled");
        }
        assertThatThrownBy(() -> LoraFile.read(folder.getRoot()))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("no regular file");
        assertThatThrownBy(() -> LoraFile.read("rubbish", new byte[100]))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("rubbish");
        assertThatThrownBy(() -> LoraFile.read("empty", new SafetensorsWriter().toBytes()))
                .isInstanceOf(LoraFileException.class)
                .hasMessageContaining("no tensors");
    }

    @Test
    void twoThousandMutatedFilesGiveATypedErrorOrAReadableFile() throws Exception {
        byte[] whole = Files.readAllBytes(FILES.resolve("sd1/kohya.safetensors"));
        Random random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] mutated = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                mutated[random.nextInt(2_000)] = (byte) (' ' + random.nextInt(95));
            }
            try {
                LoraFile.read("mutated", mutated);
            } catch (LoraFileException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private static LoraLayer layer(LoraFile file, BaseModel base, String name) {
        List<String> spellings = LoraKeys.of(base).spellings(name);
        return file.layers().stream()
                .filter(layer -> spellings.contains(layer.key()))
                .reduce((a, b) -> {
                    throw new AssertionError("two layers for " + name);
                })
                .orElseThrow(() -> new AssertionError("no layer for " + name + " among "
                        + file.layers().stream().map(LoraLayer::key).toList()));
    }

    private static List<LoraLayer> layers() {
        return List.of(
                new LoraLayer(
                        "lora_unet_a",
                        new FloatTensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}),
                        new FloatTensor(new long[] {1, 2}, new float[] {-1, 0.5f}),
                        4),
                new LoraLayer(
                        "lora_te_b",
                        new FloatTensor(new long[] {1, 2, 3, 3}, new float[18]),
                        new FloatTensor(new long[] {5, 1, 1, 1}, new float[5]),
                        1));
    }

    private static SafetensorsWriter down(int rank, int in) {
        return new SafetensorsWriter()
                .add("lora_unet_a.lora_down.weight", new long[] {rank, in}, new float[rank * in], Dtype.F32);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
