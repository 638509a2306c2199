package athanor.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.lora.TrainingFacts.PictureSize;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.diffusion.schedule.PredictionType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingFactsTest {

    private static final PictureSize TALL = new PictureSize(512, 768);

    @Test
    void ourOwnWordsComeBeforeKohyas() {
        TrainingFacts facts = TrainingFacts.of(Map.of(
                TrainingFacts.TRAINED_SIZES,
                "512x768, 448x832",
                TrainingFacts.FRAMINGS,
                "{\"HALF\": 29, \"FULL\": 1}",
                "ss_resolution",
                "(640, 640)"));

        assertThat(facts.sizes()).containsExactly(TALL, new PictureSize(448, 832));
        assertThat(facts.framings()).isEqualTo(Map.of("HALF", 29, "FULL", 1));
    }

    @Test
    void readsWhatItsOtherHalfWrites() {
        LoraMetadata written = LoraMetadata.of(ModelFamily.SD1, PredictionType.EPSILON, 4, 4)
                .resolution(640, 640)
                .buckets(List.of(new LoraMetadata.Bucket(512, 768, 8), new LoraMetadata.Bucket(768, 512, 2)));

        assertThat(TrainingFacts.of(written.toMap()).sizes()).containsExactly(TALL, new PictureSize(768, 512));
    }

    @Test
    void withoutBucketsTheResolutionCounts() {
        assertThat(TrainingFacts.of(Map.of("ss_bucket_info", "None", "ss_resolution", "(512, 768)"))
                        .sizes())
                .containsExactly(TALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "None",
                "[]",
                "{\"buckets\": []}",
                "{\"buckets\": {\"0\": 1}}",
                "{\"buckets\": {\"0\": {\"resolution\": [512]}}}",
                "{\"buckets\": {\"0\": {\"resolution\": [0, 768]}}}",
                "{\"buckets\": {\"0\": {\"resolution\": [512.5, 768]}}}",
                "{\"buckets\": {\"0\": {\"resolution\": [512, 100000]}}}"
            })
    void bucketsThatMakeNoSenseAreNotSaid(String bucketInfo) {
        assertThat(TrainingFacts.of(Map.of("ss_bucket_info", bucketInfo)).sizes())
                .isEmpty();
    }

    @Test
    void whatCannotBeReadIsNotSaid() {
        TrainingFacts nothing = new TrainingFacts(List.of(), Map.of(), null, null, null);

        assertThat(TrainingFacts.of(
                        Map.of(TrainingFacts.TRAINED_SIZES, "wide x tall, 0x768", TrainingFacts.FRAMINGS, "{half")))
                .isEqualTo(nothing);
        assertThat(TrainingFacts.of(new byte[3])).isEqualTo(nothing);
    }

    @Test
    void theFactsOfAFileAreThoseOfItsMetadata() {
        byte[] file = new SafetensorsWriter()
                .metadata(TrainingFacts.TRAINED_SIZES, "512x768")
                .add("x", new long[] {4}, new float[4], Dtype.F32)
                .toBytes();

        assertThat(TrainingFacts.of(file).sizes()).containsExactly(TALL);
        assertThat(TrainingFacts.of(Arrays.copyOf(file, file.length - 1)).sizes())
                .isEmpty();
    }

    @Test
    void whatCallsTheSubjectIsToldOrStandsInMostCaptions() {
        assertThat(TrainingFacts.of(Map.of("modelspec.trigger_phrase", " sks woman "))
                        .trigger())
                .isEqualTo("sks woman");
        assertThat(TrainingFacts.of(Map.of(
                                "ss_tag_frequency",
                                "{\"10_ohwx woman\":{\"in a park\":3,\"ohwx woman\":12},\"1_more\":{\"smile\":4}}"))
                        .trigger())
                .isEqualTo("ohwx woman");
        assertThat(TrainingFacts.of(Map.of("ss_tag_frequency", "{\"1_a\":{\"once\":1},\"2\":7}"))
                        .trigger())
                .isNull();
    }

    @Test
    void theSpecifiedResolutionCountsWhereNoBucketsAreTold() {
        assertThat(TrainingFacts.of(Map.of("modelspec.resolution", "512x768")).sizes())
                .containsExactly(new PictureSize(512, 768));
        assertThat(TrainingFacts.of(Map.of("modelspec.resolution", "512x768", TrainingFacts.TRAINED_SIZES, "448x832"))
                        .sizes())
                .containsExactly(new PictureSize(448, 832));
    }
}
