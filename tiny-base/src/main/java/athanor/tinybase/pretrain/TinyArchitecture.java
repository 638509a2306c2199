package athanor.tinybase.pretrain;

import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.network.VaeConfig;
import athanor.tinybase.world.WorldTokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration files of the tiny base: the architecture of Stable Diffusion 1.x with everything narrow. Latents have
 * eight channels instead of four, because at 64 pixels a face in a full-body picture is four latent pixels wide and has to
 * fit into them.
 */
public final class TinyArchitecture {

    /** Side of the training pictures, pixels. */
    public static final int SIDE = 64;

    private static final int TEXT_WIDTH = 96;

    private TinyArchitecture() {}

    static Map<String, Object> vae() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("_class_name", "AutoencoderKL");
        json.put("act_fn", "silu");
        json.put("block_out_channels", List.of(16, 32, 64));
        json.put("down_block_types", List.of("DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"));
        json.put("force_upcast", false);
        json.put("in_channels", 3);
        json.put("latent_channels", 8);
        json.put("layers_per_block", 1);
        json.put("norm_num_groups", 8);
        json.put("out_channels", 3);
        json.put("sample_size", SIDE);
        json.put("scaling_factor", 1.0);
        json.put("up_block_types", List.of("UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"));
        return json;
    }

    static Map<String, Object> unet() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("_class_name", "UNet2DConditionModel");
        json.put("act_fn", "silu");
        json.put("attention_head_dim", 4);
        json.put("block_out_channels", List.of(48, 96, 128));
        json.put("center_input_sample", false);
        json.put("cross_attention_dim", TEXT_WIDTH);
        json.put("down_block_types", List.of("DownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"));
        json.put("downsample_padding", 1);
        json.put("flip_sin_to_cos", true);
        json.put("freq_shift", 0);
        json.put("in_channels", 8);
        json.put("layers_per_block", 1);
        json.put("mid_block_scale_factor", 1);
        json.put("norm_eps", 1e-5);
        json.put("norm_num_groups", 16);
        json.put("out_channels", 8);
        json.put("sample_size", SIDE / 4);
        json.put("up_block_types", List.of("UpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"));
        return json;
    }

    static Map<String, Object> textEncoder(WorldTokenizer tokenizer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("architectures", List.of("CLIPTextModel"));
        json.put("bos_token_id", tokenizer.startToken());
        json.put("eos_token_id", tokenizer.endToken());
        json.put("hidden_act", "quick_gelu");
        json.put("hidden_size", TEXT_WIDTH);
        json.put("intermediate_size", 4 * TEXT_WIDTH);
        json.put("layer_norm_eps", 1e-5);
        json.put("max_position_embeddings", WorldTokenizer.LENGTH);
        json.put("model_type", "clip_text_model");
        json.put("num_attention_heads", 4);
        json.put("num_hidden_layers", 2);
        json.put("pad_token_id", tokenizer.endToken());
        json.put("projection_dim", TEXT_WIDTH);
        json.put("vocab_size", tokenizer.vocabularySize());
        return json;
    }

    /** The forward process of Stable Diffusion 1.x. */
    static Map<String, Object> scheduler() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("_class_name", "DDIMScheduler");
        json.put("beta_end", 0.012);
        json.put("beta_schedule", "scaled_linear");
        json.put("beta_start", 0.00085);
        json.put("clip_sample", false);
        json.put("num_train_timesteps", 1000);
        json.put("prediction_type", "epsilon");
        json.put("set_alpha_to_one", false);
        json.put("steps_offset", 1);
        return json;
    }

    static Map<String, Object> modelIndex() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("_class_name", "StableDiffusionPipeline");
        json.put("requires_safety_checker", false);
        json.put("scheduler", List.of("diffusers", "DDIMScheduler"));
        json.put("text_encoder", List.of("transformers", "CLIPTextModel"));
        json.put("tokenizer", List.of("transformers", "CLIPTokenizer"));
        json.put("unet", List.of("diffusers", "UNet2DConditionModel"));
        json.put("vae", List.of("diffusers", "AutoencoderKL"));
        return json;
    }

    static VaeConfig vaeConfig() {
        return VaeConfig.from(vae());
    }

    static UNetConfig unetConfig() {
        return UNetConfig.from(unet());
    }

    static TextEncoderConfig textEncoderConfig(WorldTokenizer tokenizer) {
        return TextEncoderConfig.from(textEncoder(tokenizer));
    }
}
