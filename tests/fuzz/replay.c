/* SPDX-License-Identifier: Apache-2.0 */
/* Puts files to a target without libFuzzer, so that every compiler runs what fuzzing has found: replay-TARGET [FILE…];
 * without FILE the target's corpus. A claim that does not hold ends the program; the file was named before it was
 * run. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#include "base/banned.h"

#define PATH_MAX_BYTES 1024

static bool replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    size_t size = 0;

    printf("%s\n", path);
    fflush(stdout);
    if (!file) {
        perror(path);
        return false;
    }
    if (fseek(file, 0, SEEK_END) == 0 && ftell(file) >= 0) {
        size = (size_t)ftell(file);
        rewind(file);
        data = malloc(size > 0 ? size : 1);
    }
    bool read = data && fread(data, 1, size, file) == size;
    fclose(file);
    if (read)
        LLVMFuzzerTestOneInput(data, size);
    free(data);
    return read;
}

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool replay_corpus(const char *target)
{
    char directory[PATH_MAX_BYTES], path[2 * PATH_MAX_BYTES];
    struct dirent **names;
    bool good = true;

    snprintf(directory, sizeof directory, "%s/%s", CORPUS_DIR, target);
    int count = scandir(directory, &names, is_input, alphasort);
    if (count <= 0) {
        fprintf(stderr, "%s: no inputs\n", directory);
        return false;
    }
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, names[i]->d_name);
        good = replay(path) && good;
        free(names[i]);
    }
    free(names);
    printf("%d inputs\n", count);
    return good;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *target = strstr(slash ? slash : argv[0], "replay-");
    bool good = true;

    if (argc == 1)
        good = target && replay_corpus(target + strlen("replay-"));
    for (int i = 1; i < argc; i++)
        good = replay(argv[i]) && good;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
