package athanor.tinybase.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTokenizerTest {

    @Test
    void everyWordIsOneToken(@TempDir Path folder) throws IOException {
        new WorldTokenizer().write(folder);
        String vocabulary = Files.readString(folder.resolve("vocab.json"));

        for (String word : WorldTokenizer.words()) {
            assertThat(vocabulary).contains("\"" + word + "</w>\": ");
        }
    }

    @Test
    void everyMergeMakesATokenOfTheVocabulary(@TempDir Path folder) throws IOException {
        new WorldTokenizer().write(folder);
        String vocabulary = Files.readString(folder.resolve("vocab.json"));
        List<String> merges = Files.readAllLines(folder.resolve("merges.txt"));

        assertThat(merges.get(0)).startsWith("#version");
        assertThat(merges.subList(1, merges.size()))
                .allSatisfy(merge -> assertThat(vocabulary).contains("\"" + merge.replace(" ", "") + "\": "));
    }

    @Test
    void startAndEndComeLast() {
        WorldTokenizer tokenizer = new WorldTokenizer();

        assertThat(tokenizer.startToken()).isEqualTo(tokenizer.vocabularySize() - 2);
        assertThat(tokenizer.endToken()).isEqualTo(tokenizer.vocabularySize() - 1);
    }
}
