// Host names as a program knows them that is started with this library preloaded: those in the file
// named in NAME_SERVICE, one a line, stand for this machine, and no others exist. The file can change
// at any time. libnss-wrapper 1.1 crashes now and then when two threads ask at once, hence this.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int is_known(const char *name) {
  const char *path = getenv("NAME_SERVICE");
  FILE *file = path ? fopen(path, "re") : NULL;
  if (file == NULL) return 0;
  char line[256];
  int found = 0;
  while (!found && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    found = strcmp(line, name) == 0;
  }
  fclose(file);
  return found;
}

int getaddrinfo(
    const char *restrict name, const char *restrict service,
    const struct addrinfo *restrict hints, struct addrinfo **restrict result) {
  lookup *original = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
  if (name == NULL || strspn(name, "0123456789.") == strlen(name)) {
    return original(name, service, hints, result);
  }
  return is_known(name) ? original("127.0.0.1", service, hints, result) : EAI_NONAME;
}
