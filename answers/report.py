"""The page's part «report»."""

from fastapi import APIRouter

router = APIRouter()
