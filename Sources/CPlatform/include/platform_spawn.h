#ifndef PLATFORM_SPAWN_H
#define PLATFORM_SPAWN_H
#endif
