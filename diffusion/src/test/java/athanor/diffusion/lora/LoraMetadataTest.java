package athanor.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.json.Json;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.schedule.PredictionType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraMetadataTest {

    @ParameterizedTest
    @CsvSource({
        "SD1, EPSILON, sd_v1, False, stable-diffusion-v1/lora",
        "SD2, EPSILON, sd_v2, True, stable-diffusion-v2-512/lora",
        "SD2, V_PREDICTION, sd_v2_v, True, stable-diffusion-v2-768-v/lora",
        "SDXL, EPSILON, sdxl_base_v1-0, False, stable-diffusion-xl-v1-base/lora"
    })
    void namesTheBasesFamilyAsProgramsLookForIt(
            ModelFamily family, PredictionType prediction, String version, String v2, String architecture) {
        assertThat(LoraMetadata.of(family, prediction, 16, 8).toMap())
                .containsEntry("ss_base_model_version", version)
                .containsEntry("ss_v2", v2)
                .containsEntry("ss_network_module", "networks.lora")
                .containsEntry("ss_network_dim", "16")
                .containsEntry("ss_network_alpha", "8.0")
                .containsEntry("modelspec.architecture", architecture);
    }

    @Test
    void structuredEntriesAreJson() throws Exception {
        Map<String, String> map = LoraMetadata.of(ModelFamily.SD1, PredictionType.EPSILON, 4, 4)
                .name("anna")
                .base("tiny", null)
                .trigger("sks woman")
                .resolution(512, 768)
                .buckets(List.of(new LoraMetadata.Bucket(448, 832, 7), new LoraMetadata.Bucket(512, 704, 1)))
                .pictures(
                        List.of(new LoraMetadata.PictureSet("10_sks \"woman\"", 10, 8)),
                        List.of(new LoraMetadata.PictureSet("1_woman", 1, 64)))
                .captions(Map.of("10_sks", Map.of("a photo of a sks woman", 8)))
                .trained(Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-23T10:01:30.500Z"))
                .kohya("clip_skip", null)
                .own("framing", "{}")
                .toMap();
        assertThat(map)
                .containsEntry("ss_output_name", "anna")
                .containsEntry("modelspec.resolution", "512x768")
                .containsEntry("ss_num_train_images", "80")
                .containsEntry("ss_num_reg_images", "64")
                .containsEntry("ss_clip_skip", "None")
                .containsEntry("ss_training_finished_at", "1795428090.5")
                .containsEntry("modelspec.date", "2026-11-23T10:01:30Z")
                .containsEntry("athanor.framing", "{}");
        for (String json : List.of("ss_bucket_info", "ss_dataset_dirs", "ss_reg_dataset_dirs", "ss_tag_frequency")) {
            assertThat(Json.parse(map.get(json))).isInstanceOf(Map.class);
        }
    }

    @Test
    void theTagsOfCaptionsAreCountedAsKohyasTrainerDoes() throws Exception {
        Map<String, Integer> captions = new LinkedHashMap<>();
        captions.put("a photo of a sks Woman, full body , in the park", 3);
        captions.put("A photo of a sks woman,, standing", 2);

        String json = LoraMetadata.of(ModelFamily.SD1, PredictionType.EPSILON, 4, 4)
                .captions(Map.of("10_sks", captions))
                .toMap()
                .get("ss_tag_frequency");

        assertThat(Json.parse(json))
                .isEqualTo(Map.of(
                        "10_sks",
                        Map.of("a photo of a sks woman", 5L, "full body", 3L, "in the park", 3L, "standing", 2L)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0001, 0.0001",
        "1.0E-5, 1e-05",
        "1.5E-7, 1.5e-07",
        "1.0, 1.0",
        "0.0, 0.0",
        "-2.5, -2.5",
        "1.0E16, 1e+16",
        "123456789.25, 123456789.25",
        "-3.0E-10, -3e-10"
    })
    void numbersAreWrittenAsPythonDoes(double number, String python) {
        assertThat(LoraMetadata.asPython(number)).isEqualTo(python);
    }
}
