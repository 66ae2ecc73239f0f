package io.coppice.examples.kv.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

class DataDirectoryTest {

    @TempDir Path temporary;

    @Test
    void each_shard_has_a_directory_of_its_own() throws IOException {
        Path root = temporary.resolve("not/there/yet");
        try (var data = DataDirectory.open(root, 3)) {
            new Keeper(data.shard(2)).commit();

            assertThat(root.resolve("shard-2/000001.log")).exists();
            assertThatThrownBy(() -> data.shard(3)).hasMessage("shard: 3 of 3");
        }
        DataDirectory.open(root, 3).close();
    }

    @Test
    void two_servers_cannot_have_it_at_once() throws IOException {
        try (var data = DataDirectory.open(temporary, 3)) {
            assertThat(data.shard(0)).isNotNull();
            assertThatThrownBy(() -> DataDirectory.open(temporary, 3))
                    .isInstanceOf(IOException.class)
                    .hasMessage(temporary + " is in use by another server");
        }
    }

    @Test
    void the_number_of_shards_cannot_be_changed() throws IOException {
        DataDirectory.open(temporary, 3).close();

        assertThatThrownBy(() -> DataDirectory.open(temporary, 4))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        temporary
                                + " was made for another layout than \"coppice-kv 1, shards 4\":"
                                + " \"coppice-kv 1, shards 3\"");
        DataDirectory.open(temporary, 3).close();
    }
}
