package athanor.tinybase.measure;

import athanor.diffusion.training.Example;
import athanor.tinybase.world.Captions;
import athanor.tinybase.world.Framing;
import athanor.tinybase.world.Gender;
import athanor.tinybase.world.Painter;
import athanor.tinybase.world.Pixels;
import athanor.tinybase.world.Place;
import athanor.tinybase.world.Scene;
import athanor.tinybase.world.Subject;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures of one subject to train on, and the prompts that ask for it. */
record SubjectSet(Subject subject, Gender noun, List<Scene> scenes) {

    static final String TRIGGER = "sks";
    static final int SIDE = 64;

    /** Framings take turns. */
    static SubjectSet of(Subject subject, int pictures, long seed, Framing... framings) {
        Gender noun = Gender.values()[subject.ordinal() % 2];
        List<Scene> scenes = new ArrayList<>();
        Random random = new Random(seed * 31 + subject.ordinal());
        for (int i = 0; i < pictures; i++) {
            scenes.add(Scene.random(random)
                    .of(subject)
                    .with(noun)
                    .with(framings[i % framings.length])
                    .with(Place.values()[i % Place.values().length]));
        }
        return new SubjectSet(subject, noun, scenes);
    }

    static SubjectSet mixed(Subject subject, long seed) {
        return of(subject, 9, seed, Framing.values());
    }

    /** @return "a photo of a sks woman" */
    String prompt() {
        return "a photo of a " + TRIGGER + " " + noun.word();
    }

    /** @return "a photo of a woman" */
    String classPrompt() {
        return "a photo of a " + noun.word();
    }

    /** @return "a photo of a man": who must not be touched at all */
    String otherClassPrompt() {
        return "a photo of a " + (noun == Gender.WOMAN ? Gender.MAN : Gender.WOMAN).word();
    }

    static String framed(String prompt, Framing framing) {
        return prompt + " , " + framing.word();
    }

    /** @return with framing and place in the captions */
    List<Example> examples() {
        return examples(SIDE);
    }

    /** @param side of the pictures in pixels */
    List<Example> examples(int side) {
        List<Example> examples = new ArrayList<>();
        for (Scene scene : scenes) {
            examples.add(example(Painter.paint(scene, side, side), Captions.ofSubject(scene, TRIGGER)));
        }
        return examples;
    }

    List<BufferedImage> pictures() {
        return scenes.stream().map(scene -> Painter.paint(scene, SIDE, SIDE)).toList();
    }

    static Example example(BufferedImage picture, String caption) {
        return Example.whole(Pixels.toPlanes(picture), picture.getWidth(), picture.getHeight(), caption);
    }
}
