package athanor.stack.look;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.contracts.picture.Framing;
import athanor.contracts.rest.PicturesReport;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SetPageTest {

    private static final PicturesReport REPORT = new PicturesReport(
            1,
            1,
            0,
            0,
            List.of(new PicturesReport.SideCount(1024, 0, 1)),
            Map.of(),
            Map.of(Framing.FULL, 1),
            List.of(),
            List.of("it's {short}", "more"));

    @Test
    void aSetIsSaidInEnglish() {
        assertThat(SetPage.summary(REPORT, SetWords.asked("de")))
                .containsExactly(
                        "1 picture: 1 used, 0 of them with findings; 0 not used",
                        "shorter side (pixels of their own): 1 of 1024 and more",
                        "framing: 1 full body",
                        "next: 1. it's {short}",
                        "      2. more");
    }

    @Test
    void aSetIsSaidInChinese() {
        assertThat(SetPage.summary(REPORT, SetWords.asked("zh-CN")))
                .containsExactly(
                        "共 1 张图片：使用 1 张，其中 0 张有提示；不使用 0 张",
                        "短边（真实像素）：1 张不小于 1024",
                        "取景：1 张全身",
                        "建议：1. it's {short}",
                        "      2. more");
    }

    @Test
    void bothLanguagesHaveTheSameWords() throws Exception {
        assertThat(keys("set_zh.properties")).isEqualTo(keys("set.properties"));
    }

    @Test
    void framingsAreCalledAsInThePlan() {
        SetWords words = SetWords.asked("en");

        for (Framing framing : Framing.values()) {
            assertThat(words.of("framing." + framing)).isEqualTo(framing.words());
        }
    }

    private static java.util.Set<Object> keys(String file) throws Exception {
        Properties properties = new Properties();
        try (var in = SetPage.class.getResourceAsStream(file)) {
            properties.load(in);
        }
        return properties.keySet();
    }
}
