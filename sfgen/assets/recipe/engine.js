export * from '@lwc/engine-dom';
